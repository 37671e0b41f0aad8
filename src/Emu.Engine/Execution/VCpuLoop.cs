using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Ir;

namespace Emu.Engine.Execution;

/// <summary>
/// Runs one vCPU on the calling thread: find or translate the next block, run until something needs attention, attend to it. Compiled once per
/// event mask, like the translator.
/// </summary>
public sealed unsafe partial class VCpuLoop
{
    /// <summary>Counted block entries between two returns of translated code: well under a millisecond, as the runtime can stop the thread only then.</summary>
    private const int ChainBudget = 1 << 16;

    private readonly Machine _machine;
    private readonly VCpuContext _vcpu;
    private readonly IGuestSystem _system;
    private BlockTranslator? _translator;

    /// <summary>A loop for the vCPU; the guest system answers its system calls, traps and faults.</summary>
    public VCpuLoop(VCpuContext vcpu, IGuestSystem system)
    {
        _machine = vcpu.Machine;
        _vcpu = vcpu;
        _system = system;
    }

    /// <summary>Made when it is needed: many a thread finds all its blocks translated.</summary>
    private BlockTranslator Translator => _translator ??= new BlockTranslator(_machine);

    /// <summary>Runs until the guest system or <see cref="VCpuContext.StopRequested"/> ends the vCPU.</summary>
    public void Run()
    {
        _vcpu.BindToThread();
        _machine.Plugins?.VCpuStarted(_vcpu);
        try
        {
            GoOn();
        }
        finally
        {
            _machine.Plugins?.VCpuEnded(_vcpu);
            VCpuContext.UnbindFromThread();
        }
    }

    /// <summary>As <see cref="Run"/>, for a vCPU that runs already on this thread, inside of a system call: it is not told of, and nothing ends with it.</summary>
    public void GoOn()
    {
        while (!_vcpu.StopRequested)
            RunInMask();
    }

    private void RunInMask()
    {
        if (_machine.Plugins is { } plugins)
            plugins.RunInMask(this, _vcpu.Mask);
        else
            RunIn<NoEvents>();
    }

    /// <summary>Runs while the vCPU's mask is <typeparamref name="TMask"/>.</summary>
    internal void RunIn<TMask>()
        where TMask : struct, IEventMask
    {
        while (!_vcpu.StopRequested)
        {
            if (_vcpu.HasWork)
            {
                AttendDebugger();
                _vcpu.RunWork();
                if (_vcpu.IsWanted && !_system.OnAttention(_vcpu))
                    _vcpu.StopRequested = true;
                if (_vcpu.Mask != TMask.Value)
                    return;
                continue;
            }

            if (_passesBreakpoint || _vcpu.Debug is { IsStepping: true })
            {
                RunStep<TMask>();
                continue;
            }

            _machine.Exclusive.Enter(_vcpu);
            ExitReason reason;
            try
            {
                reason = RunChains<TMask>();
            }
            finally
            {
                _machine.Exclusive.Leave(_vcpu);
            }

            Attend(reason);
        }
    }

    /// <summary>Inside translated code: goes from chain to chain until something other than the next block is wanted.</summary>
    private ExitReason RunChains<TMask>()
        where TMask : struct, IEventMask
    {
        var state = _vcpu.State;
        void* site = null;
        _resumption = _vcpu.Debug?.Resumption ?? 0;
        while (true)
        {
            // First the budget, then the tests: who wants the vCPU back says so first and takes the budget away then, so that one of the two is noticed.
            Interlocked.Exchange(ref state->Budget, ChainBudget);
            if (_machine.Exclusive.IsPending || _vcpu.HasWork)
                return ExitReason.Budget;
            var block = FindOrTranslate<TMask>(state->Pc);
            if (block is null)
                return ExitReason.Lookup;
            if (site is not null)
                _machine.Code.Link(site, block);
            var reason = RunBlock(block);
            site = reason == ExitReason.Link ? state->Position : null;
            if (reason == ExitReason.Hot && Translator.TranslateTrace<TMask>(_vcpu, state->Pc) is not null)
                continue;
            if (reason is not (ExitReason.Lookup or ExitReason.Link))
                return reason == ExitReason.Hot ? ExitReason.Lookup : reason;
        }
    }

    /// <summary>Enters translated code at a block and returns why it came back.</summary>
    private ExitReason RunBlock(TranslatedBlock* block)
    {
        var reason = _machine.Backend.Run(_vcpu.State, block->Entry);
        while (reason == ExitReason.PluginFailed)
            reason = ResumeWithoutPlugin();
        if (reason is ExitReason.Fault or ExitReason.Trap)
            _machine.Code.TakeBack(_vcpu.State);
        return reason;
    }

    /// <summary>A plugin's callback threw: the plugin is disabled, the guest goes on behind the callback.</summary>
    private ExitReason ResumeWithoutPlugin()
    {
        var (plugin, exception) = _machine.Backend.TakeFailure();
        _machine.PluginFailed?.Invoke(plugin, exception);
        return _machine.Backend.Run(_vcpu.State, _vcpu.State->Position);
    }

    private TranslatedBlock* FindOrTranslate<TMask>(ulong pc)
        where TMask : struct, IEventMask
    {
        var block = _machine.Code.Find(pc, TMask.Value);
        if (block is null)
            block = Translator.Translate<TMask>(pc);
        if (block is null)
            return null;
        ref var entry = ref _vcpu.State->JumpCache[JumpCacheEntry.IndexOf(pc)];
        entry.Pc = pc;
        entry.Entry = block->Entry;
        return block;
    }

    /// <summary>Outside translated code: does what the exit asks for.</summary>
    private void Attend(ExitReason reason)
    {
        var state = _vcpu.State;
        var goOn = reason switch
        {
            ExitReason.Budget => true,
            ExitReason.Lookup => FlushFullCache(),
            ExitReason.Syscall => _system.OnSyscall(_vcpu),
            ExitReason.Trap => _system.OnTrap(_vcpu, (IrTrap)state->Cause, state->FaultAddress),
            ExitReason.Fault => _machine.TryReachAgain(state->FaultAddress, (PagePermissions)state->Cause) || _system.OnFault(_vcpu, DescribeFault()),
            ExitReason.Exit => DoExit((IrExit)state->Cause),
            _ => throw new InvalidOperationException($"the backend returned {reason}, which the loop does not know"),
        };
        if (!goOn)
            _vcpu.StopRequested = true;
    }

    private bool FlushFullCache()
    {
        _machine.FlushCode();
        return true;
    }

    private bool DoExit(IrExit exit)
    {
        if (exit == IrExit.InstructionFence)
            _machine.DropWritableCode();
        else if (exit == IrExit.Yield)
            Thread.Yield();
        else if (exit == IrExit.Breakpoint)
            return AtBreakpoint();
        return true;
    }

    private GuestFault DescribeFault()
    {
        var (address, access) = (_vcpu.State->FaultAddress, (PagePermissions)_vcpu.State->Cause);
        return _machine.Memory.ExplainFault(address, access);
    }
}
