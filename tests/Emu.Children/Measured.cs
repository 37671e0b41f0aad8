using System.Diagnostics;

namespace Emu.Children;

/// <summary>How a measured run went. Standard input was empty, standard error is dropped.</summary>
/// <param name="Seconds">Wall time from the start of the process to its end.</param>
/// <param name="CpuSeconds">User and system time of all its threads.</param>
/// <param name="Status">Exit code, or 128 + the signal's number when a signal killed it.</param>
/// <param name="PeakMemory">Largest resident set in KiB. Meaningful only for <see cref="MemoryOf"/>.</param>
/// <param name="Output">Standard output, as text.</param>
public readonly record struct Measured(double Seconds, double CpuSeconds, int Status, long PeakMemory, string Output)
{
    /// <summary>Runs it and measures its time. The output goes to a file, so that nothing else runs meanwhile.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started; the message names it.</exception>
    /// <exception cref="TimeoutException">It was killed after <see cref="Launch.Longest"/>.</exception>
    public static Measured TimeOf(Launch launch) => WithFile(output =>
    {
        var started = Stopwatch.GetTimestamp();
        using var process = new RunningProcess(Start(launch, output, group: false), launch);
        return Finish(process, started, output);
    });

    /// <summary>
    /// Runs it and measures its peak memory. The kernel adds the resident set of whoever called exec to a process's peak, and this process is larger than an
    /// emulator; so a shell starts the program and ends at once, and the orphan, which has only the shell's small history, falls to this process to be
    /// waited for (prctl(2), PR_SET_CHILD_SUBREAPER), as the last of the shell's process group.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The shell cannot be started.</exception>
    /// <exception cref="TimeoutException">It was killed after <see cref="Launch.Longest"/>.</exception>
    public static Measured MemoryOf(Launch launch) => WithFile(output =>
    {
        NativeSpawn.AdoptOrphans();
        var started = Stopwatch.GetTimestamp();
        var inBackground = launch with { Program = "/bin/sh", Arguments = [.. Launch.Bytes(["-c", "\"$@\" & exit 0", "sh", launch.Program]), .. launch.Arguments] };
        var group = Start(inBackground, output, group: true);
        using (var shell = new RunningProcess(group, inBackground))
            _ = shell.WaitForEnd();
        using var process = new RunningProcess(-group, launch);
        return Finish(process, started, output);
    });

    private static int Start(Launch launch, string output, bool group)
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var file = File.OpenHandle(output, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        return NativeSpawn.Start(launch, nothing, file, nothing, group);
    }

    private static Measured Finish(RunningProcess process, long started, string output)
    {
        var (exitCode, signal, usage) = process.WaitForEnd();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Measured(seconds, usage.CpuSeconds, signal != 0 ? 128 + signal : exitCode, usage.PeakMemory, File.ReadAllText(output));
    }

    private static Measured WithFile(Func<string, Measured> run)
    {
        var output = Path.GetTempFileName();
        try
        {
            return run(output);
        }
        finally
        {
            File.Delete(output);
        }
    }
}
