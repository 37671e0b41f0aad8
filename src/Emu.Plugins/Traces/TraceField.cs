namespace Emu.Plugins;

/// <summary>A field of a trace's record.</summary>
/// <param name="Value">What it holds.</param>
/// <param name="Offset">Where it begins, in bytes from the record's start.</param>
/// <param name="Size">Its length in bytes: 1, 2, 4 or 8.</param>
public readonly record struct TraceField(TraceValue Value, int Offset, int Size);
