namespace Emu.Plugins;

/// <summary>A place in the source, of an instruction or of the call that it was inlined by.</summary>
/// <param name="Function">The function as the linker would know it, that is mangled; empty if it is not known.</param>
/// <param name="File">The source file as the compiler was told of it, behind the folder that it ran in; empty if it is not known. It need not be there any more.</param>
/// <param name="Line">From 1; 0 for code that the compiler made for no line.</param>
/// <param name="Column">From 1; 0 if it is not known.</param>
public readonly record struct SourceFrame(string Function, string File, int Line, int Column);
