using Emu.Ir;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Appends what a hook asks for, a callback, its body, an inline operation or a record, where its plugin's window is open.</summary>
internal sealed class HookEmitter(IrBuilder builder, PluginHost host)
{
    private readonly CallbackLowering _lowering = new(builder, host);
    private readonly TraceAppends _appends = new(builder);
    private readonly WindowGuard _guard = new(builder);

    /// <summary>Another block begins.</summary>
    public void Begin() => _guard.Begin();

    /// <summary>A hook at the execution of the instruction at <paramref name="pc"/>.</summary>
    public void Emit(in HookList.Pending pending, ulong pc)
    {
        var unless = _guard.Closed(pending);
        if (pending.Kind == HookKind.Append)
            _appends.Emit(pending.Hook, unless);
        else if (!_lowering.TryLower(pending, new LoweredAccess { Pc = pc }, unless))
            EmitOp(pending, unless);
    }

    /// <summary>A hook at a place that has an address and a value, a memory access or an edge; done only where <paramref name="unless"/> is zero, if it is given.</summary>
    public void Emit(in HookList.Pending pending, in LoweredAccess place, IrValue unless)
    {
        unless = _guard.Either(unless, _guard.Closed(pending));
        if (pending.Kind == HookKind.MemoryAppend)
            _appends.Emit(pending.Hook, place, unless);
        else if (!_lowering.TryLower(pending, place, unless))
            EmitOp(pending, unless, place);
    }

    private void EmitOp(in HookList.Pending pending, IrValue unless, in LoweredAccess place = default)
    {
        if (!unless.IsNone)
            builder.SkipUnlessZero(unless, 1);
        var number = builder.Block.AddHook(pending.Hook with { Displacement = place.Displacement });
        switch (pending.Kind)
        {
            case HookKind.Add or HookKind.MemoryAdd:
                builder.ScoreboardAdd(number);
                break;
            case HookKind.Store or HookKind.MemoryStore:
                builder.ScoreboardStore(number);
                break;
            case HookKind.Exec when pending.Hook.Condition == IrHookCondition.Always:
                builder.PluginExec(number);
                break;
            case HookKind.Exec:
                builder.PluginCondExec(number);
                break;
            case HookKind.Memory:
                builder.PluginMem(place.Address, place.Value, number, place.Size, place.Flags);
                break;
        }
    }
}
