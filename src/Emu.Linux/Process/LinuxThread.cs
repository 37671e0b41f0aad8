using Emu.Engine.Execution;
using Emu.Linux.Signals;

namespace Emu.Linux.Process;

/// <summary>A guest thread: what Linux keeps per thread. Belongs to the thread that runs its vCPU.</summary>
internal sealed class LinuxThread(VCpuContext vcpu, int id) : IDisposable
{
    public VCpuContext VCpu { get; } = vcpu;

    /// <summary>Thread number as gettid(2) has it.</summary>
    public int Id { get; } = id;

    /// <summary>Memory for the system call at hand.</summary>
    public ScratchMemory Scratch { get; } = new();

    /// <summary>Address and length of the guest memory that the system call at hand lets the host's kernel write; length 0 for a structure. Kept only where stores to code matter.</summary>
    public List<(ulong Address, ulong Length)> Handed { get; } = [];

    /// <summary>Blocked signals, bit 0 for signal 1.</summary>
    public ulong SignalMask { get; set; }

    /// <summary>The signals that rt_sigtimedwait(2) waits for just now, blocked or not.</summary>
    public ulong AwaitedSignals { get; set; }

    /// <summary>The mask to go back to after rt_sigsuspend(2) has waited with another, or null.</summary>
    public ulong? MaskToRestore { get; set; }

    /// <summary>The first argument of a system call that a signal interrupted and that may be made again, or null.</summary>
    public ulong? Restart { get; set; }

    /// <summary>The host's number of the thread, once it is needed to interrupt it; else 0.</summary>
    public int HostId { get; set; }

    /// <summary>The arguments of the system call at hand, as plugins were told of them.</summary>
    public ulong[] CallArguments { get; } = new ulong[6];

    /// <summary>Signals that wait to be handled.</summary>
    public PendingSignals Pending { get; } = new();

    /// <summary>Where signal handlers may run.</summary>
    public SignalStack AlternateStack { get; set; } = new() { Flags = SignalStack.Disabled };

    /// <summary>Cleared and woken at the thread's end (set_tid_address(2)), or 0.</summary>
    public ulong ClearOnExit { get; set; }

    /// <summary>Head of the list of robust futexes (set_robust_list(2)).</summary>
    public ulong RobustList { get; set; }

    /// <summary>True if the system call at hand has set all registers itself, so that no result must be put among them.</summary>
    public bool HasOwnRegisters { get; set; }

    /// <summary>True once the thread has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>True if the signal breaks a system call of the thread.</summary>
    public bool Notices(Signal signal) => ((~SignalMask | AwaitedSignals) & SignalFacts.Bit(signal)) != 0;

    public void Dispose() => Scratch.Dispose();
}
