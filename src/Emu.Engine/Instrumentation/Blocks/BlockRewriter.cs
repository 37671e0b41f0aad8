using Emu.Ir;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>
/// Copies a block with the instrumentation ops that plugins asked for: execution hooks behind the marker of their instruction (the block's own behind
/// the first marker, before those of the first instruction), memory hooks behind the op that makes the access, hooks of completion before the next marker or the block's terminal, those of edges behind them.
/// </summary>
internal sealed class BlockRewriter
{
    private readonly IrBlock _target = new();
    private readonly HookList _hooks;
    private readonly IrBuilder _builder;
    private readonly MemoryHooks _memory;
    private readonly EdgeHooks _edges;
    private readonly HookEmitter _emitter;
    private ulong _pc;
    private ulong _next;

    /// <summary>What comes after the instruction stands there already.</summary>
    private bool _isLeft;

    public BlockRewriter(HookList hooks, BlockView view, PluginHost host)
    {
        _hooks = hooks;
        _builder = new IrBuilder(_target);
        _emitter = new HookEmitter(_builder, host);
        _memory = new MemoryHooks(_builder, hooks, _emitter);
        _edges = new EdgeHooks(_builder, hooks, _emitter, view, host.Machine.Guest.Abi.StackPointer);
    }

    /// <summary>The instrumented copy; valid until the next call.</summary>
    public IrBlock Rewrite(IrBlock source)
    {
        _target.ResetFrom(source);
        _isLeft = false;
        _emitter.Begin();
        var index = -1;
        foreach (ref readonly var insn in source.Insns)
        {
            if (insn.Op == IrOp.InsnStart)
            {
                if (index >= 0 && !_isLeft)
                    Leave(insn, index);
                _target.Append(insn.Op) = insn;
                (_pc, _next, _isLeft) = ((ulong)insn.Imm, (ulong)insn.Imm + insn.Size, false);
                if (index < 0)
                    Emit(HookRequest.Block, isAfter: false);
                Emit(++index, isAfter: false);
            }
            else if (insn.Op.Has(IrProperties.Terminal) || insn.Op is IrOp.LeaveIf or IrOp.LeaveUnless)
            {
                RewriteLeaving(insn, index);
            }
            else if (insn.Op.HasAny(IrProperties.Reads | IrProperties.Writes) && index >= 0 && _hooks.FirstAt(index) >= 0)
            {
                _memory.Rewrite(insn, index, _pc);
            }
            else
            {
                _target.Append(insn.Op) = insn;
            }
        }

        return _target;
    }

    /// <summary>The end of the block, or a way out of a trace. An instruction that traps has not completed.</summary>
    private void RewriteLeaving(in IrInsn insn, int index)
    {
        var copy = insn;
        if (insn.Op != IrOp.Trap && index >= 0 && !_isLeft)
        {
            if (EmitsWriter(index))
                (copy.A, copy.B) = (Saved(insn.A), Saved(insn.B));
            Leave(copy, index);
        }

        _target.Append(insn.Op) = copy;
    }

    /// <summary>What comes after an instruction, before the op that goes on elsewhere or, where the block just goes on, the next instruction's start.</summary>
    private void Leave(in IrInsn next, int index)
    {
        Emit(index, isAfter: true);
        _edges.Emit(next, index, _pc, _next);
        _isLeft = true;
    }

    /// <summary>What a callback writes comes after the instruction has read.</summary>
    private IrValue Saved(IrValue value) => value.IsGlobal ? _builder.Mov(value) : value;

    private bool EmitsWriter(int point)
    {
        for (var i = point < 0 ? -1 : _hooks.FirstAt(point); i >= 0; i = _hooks.NextOf(i))
            if (_hooks[i] is { IsAfter: true, Hook.Globals: IrGlobalUse.Write })
                return true;
        return false;
    }

    private void Emit(int point, bool isAfter)
    {
        for (var i = _hooks.FirstAt(point); i >= 0; i = _hooks.NextOf(i))
        {
            ref readonly var pending = ref _hooks[i];
            if (pending.IsAfter == isAfter && pending.IsAtExecution)
                _emitter.Emit(pending, _pc);
        }
    }
}
