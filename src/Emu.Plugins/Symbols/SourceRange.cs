namespace Emu.Plugins;

/// <summary>Instructions that lie in one piece and come from one source line.</summary>
/// <param name="Start">Guest address of the first.</param>
/// <param name="End">Guest address after the last.</param>
/// <param name="File">The source file, as in <see cref="SourceFrame.File"/>.</param>
/// <param name="Line">From 1.</param>
public readonly record struct SourceRange(ulong Start, ulong End, string File, int Line);
