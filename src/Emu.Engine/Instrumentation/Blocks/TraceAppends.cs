using Emu.Ir;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Writes the ops that append records to traces, with the operands that their fields need.</summary>
internal sealed class TraceAppends(IrBuilder builder)
{
    /// <summary>A record for no access; only where <paramref name="unless"/> is zero, if it is given.</summary>
    public void Emit(in IrHook hook, IrValue unless)
    {
        var count = CountFor(hook);
        if (!unless.IsNone)
            builder.SkipUnlessZero(unless, 1);
        builder.TraceAppend(Zero, Zero, count, builder.Block.AddHook(hook));
    }

    /// <summary>A record for an access or an edge; only where <paramref name="unless"/> is zero, if it is given.</summary>
    public void Emit(IrHook hook, in LoweredAccess access, IrValue unless)
    {
        var trace = hook.Trace!;
        var (address, value) = (Zero, Zero);
        if (trace.TryFind(IrTraceValue.Address, out _))
            (address, hook.Displacement) = (access.Address, access.Displacement);
        if (trace.TryFind(IrTraceValue.Value, out var field))
            value = field.Size > access.Size ? ZeroExtended(access.Value, access.Size) : access.Value;
        hook.Immediate = (uint)access.Size | ((uint)access.Kind << 8);
        var count = CountFor(hook);
        if (!unless.IsNone)
            builder.SkipUnlessZero(unless, 1);
        builder.TraceAppend(address, value, count, builder.Block.AddHook(hook));
    }

    /// <summary>The number of the instruction that stands before, which was counted at its beginning.</summary>
    private IrValue CountFor(in IrHook hook) => hook.Entry == 0
        ? Zero
        : builder.ScoreboardReadAt(Zero, builder.Block.AddHook(new IrHook { Callback = -1, Entry = hook.Entry, Stride = hook.Stride, Owner = hook.Owner }));

    private IrValue Zero => builder.Constant(0UL);

    private IrValue ZeroExtended(IrValue value, int size) => size switch
    {
        1 => builder.ZeroExtend8(value),
        2 => builder.ZeroExtend16(value),
        _ => builder.ZeroExtend32(value),
    };
}
