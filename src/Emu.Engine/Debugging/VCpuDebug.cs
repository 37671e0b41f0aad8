using Emu.Engine.Execution;

namespace Emu.Engine.Debugging;

/// <summary>What the debugger keeps of one vCPU. Its mode is changed under the debugger's lock; stopping and waiting are for the vCPU's own thread, outside translated code.</summary>
public sealed unsafe class VCpuDebug
{
    private readonly Debugger _debugger;
    private readonly int[] _memory = GC.AllocateArray<int>(1, pinned: true);
    private readonly int* _word;
    private volatile RunMode _mode;
    private int _signal;

    internal VCpuDebug(Debugger debugger, VCpuContext vcpu)
    {
        (_debugger, VCpu) = (debugger, vcpu);
        fixed (int* word = _memory)
            _word = word; // pinned for good
    }

    /// <summary>The vCPU.</summary>
    public VCpuContext VCpu { get; }

    /// <summary>What it stopped for and the debugger has not answered yet, or null.</summary>
    public StopEvent? Pending { get; internal set; }

    /// <summary>How it runs.</summary>
    public RunMode Mode { get => _mode; internal set => _mode = value; }

    /// <summary>Counts how often the debugger has resumed the vCPUs.</summary>
    internal long Resumption => _debugger.Resumption;

    internal (ulong Start, ulong End) Range { get; set; }

    /// <summary>The watchpoint that the instruction at hand has hit, or null.</summary>
    internal Watchpoint? Hit { get; set; }

    /// <summary>True if its loop has to look here before it enters translated code.</summary>
    internal bool HasWork => _mode == RunMode.Held || Volatile.Read(ref _signal) != 0;

    /// <summary>True if its instructions run one by one.</summary>
    internal bool IsStepping => _mode is RunMode.Step or RunMode.StepInRange || !_debugger.Watchpoints.IsEmpty;

    /// <summary>The signal that the debugger wants delivered, which is taken by this; or 0.</summary>
    public int TakeSignal() => Interlocked.Exchange(ref _signal, 0);

    internal void GiveSignal(int signal) => Volatile.Write(ref _signal, signal);

    /// <summary>
    /// Stops the guest and waits until the debugger lets this vCPU go on. Nothing happens without a debugger, nor if it has resumed the vCPUs since
    /// <paramref name="resumption"/>: a breakpoint is then hit again.
    /// </summary>
    internal void Stop(in StopEvent stop, long resumption)
    {
        if (_debugger.TryReport(this, stop, resumption))
            WaitWhileHeld();
    }

    /// <summary>
    /// Before a signal is delivered: stops for it, and answers which is to be delivered instead; 0 for none.
    /// </summary>
    public int Ask(int signal)
    {
        if (_debugger.Passes(signal) || !_debugger.TryReport(this, new StopEvent(StopKind.Signal, signal), Resumption))
            return signal;
        WaitWhileHeld();
        return TakeSignal();
    }

    /// <summary>A signal handler is about to begin: a single step ends there.</summary>
    public void EnterHandler()
    {
        if (_mode is RunMode.Step or RunMode.StepInRange)
            Stop(new StopEvent(StopKind.Step), Resumption);
    }

    /// <summary>Waits until the debugger lets the vCPU go on, or the guest has ended.</summary>
    public void WaitWhileHeld()
    {
        while (true)
        {
            var seen = Volatile.Read(ref *_word);
            if (_mode != RunMode.Held || VCpu.StopRequested)
                return;
            VCpu.Machine.Exclusive.Waiting.Wait(_word, seen);
        }
    }

    /// <summary>Has its thread look again.</summary>
    internal void Wake()
    {
        Interlocked.Increment(ref *_word);
        VCpu.Machine.Exclusive.Waiting.WakeAll(_word);
    }
}
