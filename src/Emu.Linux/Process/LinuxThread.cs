using Emu.Engine.Execution;
using Emu.Linux.Host;
using Emu.Linux.Host.Stubs;
using Emu.Linux.Signals;

namespace Emu.Linux.Process;

/// <summary>A guest thread: what Linux keeps per thread. Belongs to the thread that runs its vCPU.</summary>
internal sealed unsafe class LinuxThread(VCpuContext vcpu, int id) : IDisposable
{
    public VCpuContext VCpu { get; } = vcpu;

    /// <summary>Thread number as gettid(2) has it: the host's.</summary>
    public int Id { get; set; } = id;

    /// <summary>Memory for the system call at hand.</summary>
    public ScratchMemory Scratch { get; } = new();

    /// <summary>Address and length of the guest memory that the system call at hand lets the host's kernel write; length 0 for a structure. Kept only where stores to code matter.</summary>
    public List<(ulong Address, ulong Length)> Handed { get; } = [];

    /// <summary>Blocked signals, bit 0 for signal 1.</summary>
    public ulong SignalMask { get; set; }

    /// <summary>The mask to go back to after rt_sigsuspend(2) has waited with another, or null.</summary>
    public ulong? MaskToRestore { get; set; }

    /// <summary>The system call that a signal interrupted and that may be made again, or null.</summary>
    public InterruptedCall? Restart { get; set; }

    /// <summary>The arguments of the system call at hand, as plugins were told of them.</summary>
    public ulong[] CallArguments { get; } = new ulong[6];

    /// <summary>Signals that have come for the thread and wait to be handled; others wait in the host's kernel.</summary>
    public PendingSignals Pending { get; } = new();

    /// <summary>Where signal handlers may run.</summary>
    public SignalStack AlternateStack { get; set; } = new() { Flags = SignalStack.Disabled };

    /// <summary>Cleared and woken at the thread's end (set_tid_address(2)), or 0.</summary>
    public ulong ClearOnExit { get; set; }

    /// <summary>Head of the list of robust futexes (set_robust_list(2)).</summary>
    public ulong RobustList { get; set; }

    /// <summary>True if the system call at hand has set all registers itself, so that no result must be put among them.</summary>
    public bool HasOwnRegisters { get; set; }

    /// <summary>True while the thread makes a system call whose result is not there yet. Others may look.</summary>
    public bool IsInCall { get => Volatile.Read(ref _isInCall); set => Volatile.Write(ref _isInCall, value); }

    /// <summary>The debugger wants the thread out of its call, which is made again when it goes on.</summary>
    public bool LeavesCall { get => Volatile.Read(ref _leavesCall); set => Volatile.Write(ref _leavesCall, value); }

    private bool _isInCall;
    private bool _leavesCall;

    /// <summary>True once the thread has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>True in a child that shares its parent's memory, until it executes a program or ends (vfork(2)).</summary>
    public bool IsSharedChild { get; set; }

    /// <summary>The control block of the thread's host thread, or null as long as it needs none.</summary>
    public ThreadControl* Control { get; private set; }

    /// <summary>What the host's kernel keeps back from the thread, as far as is known.</summary>
    public ulong HostMask { get; set; }

    /// <summary>The signal that the debugger gives, which it need not be asked about; 0 for none.</summary>
    public Signal Given { get; set; }

    /// <summary>The last signal that the debugger was asked about, or null.</summary>
    public SignalInfo? Shown { get; set; }

    /// <summary>True, once, if the debugger has given that signal.</summary>
    public bool IsGivenByDebugger(Signal signal)
    {
        var isGiven = Given != 0 && Given == signal;
        Given = isGiven ? 0 : Given;
        return isGiven;
    }

    /// <summary>True if a signal has been recorded that nobody has looked at.</summary>
    public bool HasArrived => Control is not null && Volatile.Read(ref Control->Pending) != 0;

    /// <summary>True if a signal waits that the thread does not block.</summary>
    public bool IsCalled => (Pending.Bits & ~SignalMask) != 0;

    /// <summary>From now on the thread's calls can be broken, and the host's mask follows the guest's. Once, by the thread itself.</summary>
    public void Attach()
    {
        if (Control is not null)
            return;
        Control = HostThread.Control is null ? HostThread.Attach() : HostThread.Control;
        Watch(HostThread.Blocked());
    }

    /// <summary>As <see cref="Attach"/>, for a new host thread that blocks all that can be blocked.</summary>
    public void AttachNew()
    {
        Control = HostThread.Attach();
        Watch(~SignalFacts.AlwaysOpen);
    }

    private void Watch(ulong hostMask)
    {
        Control->Budget = &VCpu.State->Budget;
        VCpu.Attention = &Control->Pending;
        HostMask = hostMask;
    }

    /// <summary>Has the host's kernel keep back what the thread blocks. False if a signal has come meanwhile that has to be looked at first.</summary>
    public bool TryApplyMask()
    {
        var wanted = SignalMask & ~SignalFacts.AlwaysOpen;
        // The runtime's signal has come for the guest, which blocks it: others wait in the kernel, or those of a fast timer would leave no time for anything else.
        wanted |= SignalMask & Pending.Bits & SignalFacts.Bit(HostSignals.Runtime);
        if (Control is null || (wanted == HostMask && !HasArrived))
            return true;
        // While something is recorded the mask must stay shut, as a second signal would have no place: the call is refused then.
        if (HasArrived || Kernel.Guest(HostCall.RtSigprocmask, HostThread.SetMask, (nint)(&wanted), 0, sizeof(ulong)) != 0)
            return false;
        HostMask = wanted;
        return !HasArrived;
    }

    /// <summary>Nothing comes any more but what wakes the thread up: the vCPU is about to go.</summary>
    public void ShutOut()
    {
        if (Control is null)
            return;
        HostThread.Block(HostMask = ~(SignalFacts.Bit(HostSignals.Runtime) | SignalFacts.Bit(HostSignals.Waker)));
        VCpu.Attention = null;
        Control->Budget = null;
    }

    public void Dispose() => Scratch.Dispose();
}

/// <summary>A system call that a signal broke.</summary>
/// <param name="FirstArgument">What its result has overwritten.</param>
/// <param name="IsUndone">It had not begun to wait, so it is made again whatever the handler wants.</param>
internal readonly record struct InterruptedCall(ulong FirstArgument, bool IsUndone);
