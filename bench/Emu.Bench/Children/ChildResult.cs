namespace Emu.Bench.Children;

/// <summary>How one run of a command went.</summary>
/// <param name="Seconds">Wall time from the start of the process to its end.</param>
/// <param name="CpuSeconds">User and system time of all its threads.</param>
/// <param name="ExitCode">Exit code, or 128 + the signal's number when a signal killed it.</param>
/// <param name="PeakMemory">Largest resident set in KiB. Meaningful only for <see cref="ChildProcess.RunForMemory"/>.</param>
/// <param name="Output">Standard output, as text.</param>
internal readonly record struct ChildResult(double Seconds, double CpuSeconds, int ExitCode, long PeakMemory, string Output);
