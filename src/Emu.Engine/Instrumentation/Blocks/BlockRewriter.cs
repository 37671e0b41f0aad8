using Emu.Ir;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>
/// Copies a block with the instrumentation ops that plugins asked for: execution hooks behind the marker of their instruction (the block's own behind
/// the first marker, before those of the first instruction), memory hooks behind the op that makes the access.
/// </summary>
internal sealed class BlockRewriter
{
    private readonly IrBlock _target = new();
    private readonly HookList _hooks;
    private readonly IrBuilder _builder;
    private readonly MemoryHooks _memory;
    private readonly CallbackLowering _lowering;
    private ulong _pc;

    public BlockRewriter(HookList hooks, PluginHost host)
    {
        _hooks = hooks;
        _builder = new IrBuilder(_target);
        _lowering = new CallbackLowering(_builder, host);
        _memory = new MemoryHooks(_builder, hooks, _lowering);
    }

    /// <summary>The instrumented copy; valid until the next call.</summary>
    public IrBlock Rewrite(IrBlock source)
    {
        _target.ResetFrom(source);
        var index = -1;
        foreach (ref readonly var insn in source.Insns)
        {
            if (insn.Op == IrOp.InsnStart)
            {
                _target.Append(insn.Op) = insn;
                _pc = (ulong)insn.Imm;
                if (index < 0)
                    EmitExecution(HookRequest.Block);
                EmitExecution(++index);
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

    private void EmitExecution(int point)
    {
        for (var i = _hooks.FirstAt(point); i >= 0; i = _hooks.NextOf(i))
        {
            ref readonly var pending = ref _hooks[i];
            switch (pending.Kind)
            {
                case HookKind.Exec when _lowering.TryLower(pending, new LoweredAccess { Pc = _pc }):
                    break;
                case HookKind.Exec when pending.Hook.Condition == IrHookCondition.Always:
                    _builder.PluginExec(_target.AddHook(pending.Hook));
                    break;
                case HookKind.Exec:
                    _builder.PluginCondExec(_target.AddHook(pending.Hook));
                    break;
                case HookKind.Add:
                    _builder.ScoreboardAdd(_target.AddHook(pending.Hook));
                    break;
                case HookKind.Store:
                    _builder.ScoreboardStore(_target.AddHook(pending.Hook));
                    break;
            }
        }
    }
}
