using Emu.Ir;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Appends what a hook asks for at a place that has an address and a value: a memory access or an edge.</summary>
internal sealed class HookEmitter(IrBuilder builder, CallbackLowering lowering, TraceAppends appends, WindowGuard guard)
{
    /// <summary>Appends a callback, its body, an inline operation or a record; done only where <paramref name="unless"/> is zero, if it is given.</summary>
    public void Emit(in HookList.Pending pending, in LoweredAccess place, IrValue unless)
    {
        unless = guard.Either(unless, guard.Closed(pending));
        if (pending.Kind == HookKind.MemoryAppend)
            appends.Emit(pending.Hook, place, unless);
        if (pending.Kind == HookKind.MemoryAppend || lowering.TryLower(pending, place, unless))
            return;
        if (!unless.IsNone)
            builder.SkipUnlessZero(unless, 1);
        var hook = pending.Hook;
        hook.Displacement = place.Displacement;
        var number = builder.Block.AddHook(hook);
        if (pending.Kind == HookKind.MemoryAdd)
            builder.ScoreboardAdd(number);
        else if (pending.Kind == HookKind.MemoryStore)
            builder.ScoreboardStore(number);
        else
            builder.PluginMem(place.Address, place.Value, number, place.Size, place.Flags);
    }
}
