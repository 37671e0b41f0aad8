using Emu.Engine.Execution;

namespace Emu.Engine.Debugging;

/// <summary>
/// Stops and resumes the vCPUs of a machine, all at once, each between two instructions. A vCPU that is blocked in a system call counts as stopped; it is held when it comes
/// back. Vcpus report why they stop; one thread, the debugger's, answers. Members are for that thread unless they say otherwise.
/// </summary>
/// <param name="machine">The machine; <see cref="Machine.Debugger"/> is set to this before its first vCPU is added.</param>
public sealed class Debugger(Machine machine)
{
    private readonly Lock _gate = new();
    private readonly List<VCpuDebug> _vcpus = [];
    private readonly List<VCpuDebug> _stopped = [];
    private RunMode _newMode = RunMode.Held;
    private ulong _passed;
    private volatile bool _hasLeft;
    private long _resumption;

    /// <summary>Where vCPUs stop.</summary>
    public BreakpointSet Breakpoints { get; } = new();

    /// <summary>What stops those that access it.</summary>
    public WatchpointSet Watchpoints { get; } = new();

    /// <summary>Called on any thread when a vCPU has reported a stop, or when nothing is left that runs.</summary>
    public Action? Notified { get; set; }

    /// <summary>True if the debugger has gone: nothing stops any more.</summary>
    public bool HasLeft => _hasLeft;

    /// <summary>True if a vCPU has reported a stop that was not taken.</summary>
    public bool HasStops
    {
        get
        {
            lock (_gate)
                return _stopped.Count > 0;
        }
    }

    /// <summary>True if vCPUs were resumed and each of them has ended since.</summary>
    public bool NothingRuns
    {
        get
        {
            lock (_gate)
                return _newMode != RunMode.Held && _stopped.Count == 0 && _vcpus.TrueForAll(static vcpu => vcpu.Mode == RunMode.Held);
        }
    }

    /// <summary>The vCPUs.</summary>
    public IReadOnlyList<VCpuDebug> VCpus
    {
        get
        {
            lock (_gate)
                return [.. _vcpus];
        }
    }

    /// <summary>Sets which signals are delivered without a stop, bit 0 for signal 1.</summary>
    public void SetPassed(ulong signals) => Volatile.Write(ref _passed, signals);

    /// <summary>Has all vCPUs stand still.</summary>
    public void StopAll()
    {
        lock (_gate)
        {
            _newMode = RunMode.Held;
            foreach (var vcpu in _vcpus)
                vcpu.Mode = RunMode.Held;
        }

        // Who is in translated code comes out, and does not come back in while it is held.
        using (machine.Exclusive.Begin())
        {
        }
    }

    /// <summary>The oldest stop that was not taken yet, or null. While all stand still.</summary>
    public VCpuDebug? TakeStop()
    {
        lock (_gate)
        {
            if (_stopped.Count == 0)
                return null;
            var first = _stopped[0];
            _stopped.RemoveAt(0);
            return first;
        }
    }

    /// <summary>
    /// Resumes the vCPUs. If one that shall run has stopped already for something else, none is resumed, and that stop can be taken. Breakpoints are not such stops: they
    /// are hit again.
    /// </summary>
    /// <param name="actionOf">What each vCPU shall do.</param>
    /// <param name="newMode">How vCPUs run that come later.</param>
    /// <returns>True if they run.</returns>
    public bool TryResume(Func<VCpuDebug, RunAction> actionOf, RunMode newMode = RunMode.Continue)
    {
        lock (_gate)
        {
            _stopped.RemoveAll(static vcpu => vcpu.Pending is { Kind: StopKind.Breakpoint });
            if (_stopped.Exists(vcpu => actionOf(vcpu).Mode != RunMode.Held))
                return false;
            foreach (var vcpu in _vcpus)
                Apply(vcpu, actionOf(vcpu));
            _newMode = newMode;
            Volatile.Write(ref _resumption, _resumption + 1);
        }

        WakeAll();
        return true;
    }

    /// <summary>Adds a breakpoint. While all stand still.</summary>
    public void AddBreakpoint(ulong address)
    {
        if (Breakpoints.Add(address))
            machine.DropCode(address, 1);
    }

    /// <summary>Removes a breakpoint. While all stand still.</summary>
    public void RemoveBreakpoint(ulong address)
    {
        if (Breakpoints.Remove(address))
            machine.DropCode(address, 1);
    }

    /// <summary>Adds a watchpoint. While all stand still.</summary>
    public void AddWatchpoint(in Watchpoint watchpoint)
    {
        // Blocks of single steps may be there that do not look.
        if (Watchpoints.Add(watchpoint))
            machine.FlushCode();
    }

    /// <summary>Removes a watchpoint. While all stand still.</summary>
    public void RemoveWatchpoint(in Watchpoint watchpoint)
    {
        if (Watchpoints.Remove(watchpoint) && Watchpoints.IsEmpty)
            machine.FlushCode();
    }

    /// <summary>The debugger goes: all run on as if it had never been there. Signals that it was asked about are delivered.</summary>
    public void Leave()
    {
        foreach (var address in Breakpoints.All)
            RemoveBreakpoint(address);
        if (!Watchpoints.IsEmpty)
        {
            Watchpoints.Clear();
            machine.FlushCode();
        }

        lock (_gate)
        {
            _hasLeft = true;
            _newMode = RunMode.Continue;
            _stopped.Clear();
            foreach (var vcpu in _vcpus)
                Apply(vcpu, new RunAction(RunMode.Continue, vcpu.Pending is { Kind: StopKind.Signal } stop ? stop.Signal : 0));
        }

        WakeAll();
    }

    /// <summary>The guest has ended: who is held looks at that. Callable from any thread.</summary>
    public void ReleaseEnded() => WakeAll();

    /// <summary>Of <see cref="Machine.AddVCpu"/>.</summary>
    internal VCpuDebug Add(VCpuContext vcpu)
    {
        lock (_gate)
        {
            var added = new VCpuDebug(this, vcpu) { Mode = _hasLeft ? RunMode.Continue : _newMode };
            _vcpus.Add(added);
            return added;
        }
    }

    /// <summary>Of <see cref="Machine.RemoveVCpu"/>.</summary>
    internal void Remove(VCpuContext vcpu)
    {
        lock (_gate)
        {
            _vcpus.RemoveAll(other => other.VCpu == vcpu);
            _stopped.RemoveAll(other => other.VCpu == vcpu);
        }

        if (NothingRuns)
            Notified?.Invoke();
    }

    internal long Resumption => Volatile.Read(ref _resumption);

    internal bool Passes(int signal) => (Volatile.Read(ref _passed) >> (signal - 1) & 1) != 0;

    /// <summary>On a vCPU's thread: holds it and says why. False without a debugger.</summary>
    internal bool TryReport(VCpuDebug vcpu, in StopEvent stop, long resumption)
    {
        lock (_gate)
        {
            if (_hasLeft || (resumption != _resumption && stop.Kind != StopKind.Watchpoint) || vcpu.VCpu.StopRequested)
                return false;
            vcpu.Mode = RunMode.Held;
            vcpu.Pending = stop;
            _stopped.Add(vcpu);
        }

        Notified?.Invoke();
        return true;
    }

    private static void Apply(VCpuDebug vcpu, in RunAction action)
    {
        if (action.Mode == RunMode.Held)
            return;
        vcpu.Pending = null;
        vcpu.Range = (action.RangeStart, action.RangeEnd);
        vcpu.GiveSignal(action.Signal);
        vcpu.Mode = action.Mode;
    }

    private void WakeAll()
    {
        foreach (var vcpu in VCpus)
            vcpu.Wake();
    }
}
