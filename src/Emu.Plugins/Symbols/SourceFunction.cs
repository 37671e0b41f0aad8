namespace Emu.Plugins;

/// <summary>A function that has code of its own, as debug information tells it. One that the compiler made several copies of comes once for each.</summary>
/// <param name="Name">The name as the linker would know it, that is mangled; empty if it has none.</param>
/// <param name="Address">Guest address of its first instruction.</param>
/// <param name="File">The source file that declares it, as in <see cref="SourceFrame.File"/>.</param>
/// <param name="Line">The line of its declaration; 0 if it is not known.</param>
public readonly record struct SourceFunction(string Name, ulong Address, string File, int Line);
