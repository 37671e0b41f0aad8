namespace Emu.Engine.Contracts;

/// <summary>An extension of the guest's instruction set that its programs can use.</summary>
/// <param name="Name">As in the architecture's ISA strings, such as <c>zba</c>.</param>
/// <param name="ProbeBits">The bits by which the operating system tells programs of it, where it has a call for that; else 0.</param>
public sealed record GuestExtension(string Name, ulong ProbeBits);
