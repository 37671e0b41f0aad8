using Emu.Engine.Instrumentation.Scoping;
using Emu.Ir;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Computes whether a plugin's window is closed where its hooks stand: once for each instruction and plugin.</summary>
internal sealed class WindowGuard(IrBuilder builder)
{
    private Window? _window;
    private int _point;
    private bool _isEntry;
    private IrValue _closed;

    /// <summary>Forgets what was computed for another block.</summary>
    public void Begin() => _window = null;

    /// <summary>A value that is zero where the hook is to be done; none if it always is.</summary>
    public IrValue Closed(in HookList.Pending pending)
    {
        if (pending.Window is not { } window)
            return IrValue.None;
        if (_window != window || _point != pending.Point || _isEntry != pending.IsEntry)
            (_window, _point, _isEntry, _closed) = (window, pending.Point, pending.IsEntry, Compute(window, pending));
        return _closed;
    }

    /// <summary>A value that is zero only where both are; either may be none, for always zero.</summary>
    public IrValue Either(IrValue a, IrValue b) => a.IsNone ? b : b.IsNone ? a : builder.Or(a, b);

    private IrValue Compute(Window window, in HookList.Pending pending)
    {
        var closed = IrValue.None;
        if (window.Outside != 0)
            closed = Either(closed, Read(window.Outside, 0, pending.Hook.Owner));
        if (window.Muted is { } muted)
            closed = Either(closed, Read(HookList.AddressOf(muted), muted.Board.Stride, pending.Hook.Owner));
        return window.Counts ? Either(closed, ByNumber(window, pending)) : closed;
    }

    private IrValue ByNumber(Window window, in HookList.Pending pending)
    {
        // Instructions are counted before what is asked for at them; at the entry of a block the next one is not counted yet.
        var number = Read(HookList.AddressOf(pending.Counter!.Value), pending.Counter!.Value.Board.Stride, pending.Hook.Owner);
        if (!pending.IsEntry)
            number = builder.Sub(number, builder.Constant(1UL));
        var closed = IrValue.None;
        if (window.Skip > 0)
        {
            closed = builder.SetLessUnsigned(number, builder.Constant(window.Skip));
            number = builder.Sub(number, builder.Constant(window.Skip));
        }

        if (window.Count < ulong.MaxValue)
            closed = Either(closed, builder.Xor(builder.SetLessUnsigned(number, builder.Constant(window.Count)), builder.Constant(1UL)));
        return window.Every > 1 ? Either(closed, builder.RemUnsigned(number, builder.Constant(window.Every))) : closed;
    }

    private IrValue Read(nint entry, int stride, string? owner) =>
        builder.ScoreboardReadAt(builder.Constant(0UL), builder.Block.AddHook(new IrHook { Callback = -1, Entry = entry, Stride = stride, Owner = owner }));
}
