namespace Emu.Plugins;

/// <summary>A segment of a <see cref="Module"/>, as its file says that it is to be loaded.</summary>
/// <param name="Start">Guest address of its first byte.</param>
/// <param name="End">Guest address after its last byte.</param>
/// <param name="FileOffset">Where in the file the first byte is.</param>
/// <param name="Rights">What the program may do there at first.</param>
public readonly record struct ModuleSegment(ulong Start, ulong End, ulong FileOffset, MapRights Rights);
