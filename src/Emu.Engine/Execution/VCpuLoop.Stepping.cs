using Emu.Engine.Debugging;
using Emu.Engine.Instrumentation;
using Emu.Ir;

namespace Emu.Engine.Execution;

// A vCPU that the debugger steps, or whose accesses it watches: one instruction after the other, each a block of its own.
public sealed unsafe partial class VCpuLoop
{
    private bool _passesBreakpoint;

    /// <summary>Which resumption by the debugger the vCPU runs in; what it stops for in an earlier one is no longer asked for.</summary>
    private long _resumption;

    /// <summary>Outside translated code: does what the debugger wants before the vCPU goes on.</summary>
    private void AttendDebugger()
    {
        if (_vcpu.Debug is not { } debug)
            return;
        debug.WaitWhileHeld();
        if (debug.TakeSignal() is var signal and not 0 && !_system.OnDebuggerSignal(_vcpu, signal))
            _vcpu.StopRequested = true;
    }

    /// <summary>A breakpoint lies where the vCPU is. Who is not debugged, such as a child process on the same memory, goes over it.</summary>
    private bool AtBreakpoint()
    {
        if (_vcpu.Debug is not { } debug)
            _passesBreakpoint = true;
        else if (_machine.Debugger!.Breakpoints.Contains(_vcpu.Pc))
            debug.Stop(new StopEvent(StopKind.Breakpoint), _resumption);
        return true;
    }

    /// <summary>Runs one instruction and tells the debugger if it has waited for that.</summary>
    private void RunStep<TMask>()
        where TMask : struct, IEventMask
    {
        _machine.Exclusive.Enter(_vcpu);
        ExitReason? reason;
        var mode = RunMode.Continue;
        try
        {
            // The mode of now: while this thread is inside, the debugger has not stopped all, so it cannot have resumed them.
            _resumption = _vcpu.Debug?.Resumption ?? 0;
            mode = _vcpu.Debug?.Mode ?? RunMode.Continue;
            reason = StepOnce<TMask>(mode);
        }
        finally
        {
            _machine.Exclusive.Leave(_vcpu);
        }

        if (reason is null)
            return;
        Attend(reason.Value);
        // Not run: a full cache, a breakpoint, or a fault of the instruction.
        if (reason is ExitReason.Lookup or ExitReason.Fault or ExitReason.Trap || (reason == ExitReason.Exit && _vcpu.State->Cause == (int)IrExit.Breakpoint))
            return;
        _passesBreakpoint = false;
        if (_vcpu.Debug is { } debug)
            TellStep(debug, mode);
    }

    /// <summary>Inside translated code: runs one instruction; null if it has not run, since something else wants the vCPU first.</summary>
    private ExitReason? StepOnce<TMask>(RunMode mode)
        where TMask : struct, IEventMask
    {
        var state = _vcpu.State;
        Interlocked.Exchange(ref state->Budget, ChainBudget);
        if (_machine.Exclusive.IsPending || _vcpu.HasWork)
            return null;
        if (!_passesBreakpoint && mode == RunMode.Continue && _machine.Debugger!.Breakpoints.Contains(state->Pc))
        {
            state->Cause = (int)IrExit.Breakpoint;
            return ExitReason.Exit;
        }

        var block = _machine.Code.Find(state->Pc, TMask.Value | EventMask.SingleStep);
        if (block is null)
            block = Translator.TranslateStep<TMask>(state->Pc);
        if (block is null)
            return ExitReason.Lookup;
        // An indirect jump must not find the next block; links there are none.
        _vcpu.ClearJumpCache();
        if (_vcpu.Debug is { } debug)
            debug.Hit = null;
        var reason = RunBlock(block);
        // Where it goes on is known, and nothing more is wanted of the loop.
        return reason is ExitReason.Lookup or ExitReason.Link ? ExitReason.Budget : reason;
    }

    private void TellStep(VCpuDebug debug, RunMode mode)
    {
        if (debug.Hit is { } hit)
            debug.Stop(new StopEvent(StopKind.Watchpoint) { Watched = hit }, _resumption);
        else if (mode == RunMode.Step || (mode == RunMode.StepInRange && IsRangeLeft(debug)))
            debug.Stop(new StopEvent(StopKind.Step), _resumption);
    }

    private bool IsRangeLeft(VCpuDebug debug) =>
        _vcpu.Pc < debug.Range.Start || _vcpu.Pc >= debug.Range.End || _machine.Debugger!.Breakpoints.Contains(_vcpu.Pc);
}
