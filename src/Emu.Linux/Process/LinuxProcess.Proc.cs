using Emu.Linux.Host;
using Emu.Linux.Loading;
using Emu.Linux.Signals;

namespace Emu.Linux.Process;

// What /proc tells of the process.
public sealed unsafe partial class LinuxProcess
{
    private (ulong Total, ulong Resident) _peak;

    private (LoadedProgram Program, ulong SignalReturn) MapVdso(LoadedProgram program)
    {
        var (start, signalReturn) = Guest.MapVdso(Memory);
        return (program with { VdsoStart = start }, signalReturn);
    }

    /// <summary>Threads that have not ended.</summary>
    internal int ThreadCount
    {
        get
        {
            lock (_gate)
            {
                var count = 0;
                foreach (var thread in _threads)
                    count += thread is { HasEnded: false } ? 1 : 0;
                return count;
            }
        }
    }

    /// <summary>True if a thread of the guest has that number; other threads of the host process are the emulator's own.</summary>
    internal bool HasThread(int id) => FindThread(id) is not null;

    /// <summary>The signals of a thread, or of the process if no thread has that number; bit 0 for signal 1.</summary>
    internal SignalSets SignalSetsOf(int id)
    {
        var (ignored, caught) = (0UL, 0UL);
        for (var number = 1; number <= SignalFacts.Max; number++)
        {
            var action = Signals[(Signal)number];
            ignored |= action.Handler == SignalAction.Ignore ? SignalFacts.Bit((Signal)number) : 0;
            caught |= action.IsHandler ? SignalFacts.Bit((Signal)number) : 0;
        }

        var thread = FindThread(id);
        return new SignalSets((thread?.Pending.Bits ?? 0) | HostPending(), thread?.SignalMask ?? 0, ignored, caught);
    }

    /// <summary>What the host's kernel keeps for the calling thread or for the process, of which the guest has all.</summary>
    internal ulong HostPending()
    {
        ulong waiting = 0;
        if (Options.OwnsHostProcess)
            Kernel.Call(HostCall.RtSigpending, (nint)(&waiting), sizeof(ulong));
        return waiting;
    }

    /// <summary>The largest sizes seen so far, these included.</summary>
    internal (ulong Total, ulong Resident) NotePeak(ulong total, ulong resident)
    {
        lock (_gate)
            return _peak = (Math.Max(_peak.Total, total), Math.Max(_peak.Resident, resident));
    }
}

/// <summary>Sets of signals, bit 0 for signal 1.</summary>
internal readonly record struct SignalSets(ulong Pending, ulong Blocked, ulong Ignored, ulong Caught);
