namespace Emu.Bench.Guests;

/// <summary>One row of <c>bench/guests/guests.txt</c>.</summary>
/// <param name="Name">Name of the program.</param>
/// <param name="Set"><c>integer</c> or <c>float</c>; geometric means are taken over a set.</param>
/// <param name="Rounds">Rounds that the program does when it is not told a number.</param>
/// <param name="Instructions">Guest instructions that a run with <paramref name="Rounds"/> rounds executes.</param>
/// <param name="Path">The ELF file.</param>
internal sealed record BenchGuest(string Name, string Set, long Rounds, long Instructions, string Path);
