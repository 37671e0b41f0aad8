using Emu.Plugins;

namespace StandardPlugins;

/// <summary>
/// The functions that a vCPU is in. A function is left when the program returns to behind its call, and also when the stack pointer has risen above where it was at the function's
/// entry: that is how <c>longjmp</c>, exceptions and returns of several at once are seen. Used by the vCPU's thread, or by who has stopped it.
/// </summary>
/// <param name="vcpu">The vCPU.</param>
/// <param name="first">Where it began.</param>
/// <param name="isBeginning">Whether a function begins at an address.</param>
internal sealed class GuestStack(VCpuId vcpu, StackFrame first, Func<ulong, bool> isBeginning)
{
    /// <summary>Calls from deeper are not noted: a program that leaves its stacks without end must not fill the memory.</summary>
    private const int Deepest = 1 << 20;

    private readonly Dictionary<ulong, bool> _beginnings = [];
    private StackFrame[] _frames = [first, .. new StackFrame[63]];

    /// <summary>Above which stack pointer a frame has been left: its own, and for a handler that of the function that it interrupted, as it may have a stack of its own.</summary>
    private ulong[] _limits = [ulong.MaxValue, .. new ulong[63]];

    private int _depth = 1;
    private StackFigures _figures = new() { Deepest = 1 };

    /// <summary>The frames, the first one first.</summary>
    public ReadOnlySpan<StackFrame> Frames => _frames.AsSpan(0, _depth);

    /// <summary>What was counted.</summary>
    public StackFigures Figures => _figures;

    /// <summary>Tells a watcher of the frames that there are.</summary>
    public void Tell(IStackWatcher watcher, ulong executed)
    {
        foreach (ref readonly var frame in Frames)
            watcher.OnEnter(vcpu, frame, executed);
    }

    /// <summary>Leaves all frames.</summary>
    public void End(IStackWatcher[] watchers, ulong executed)
    {
        while (_depth > 0)
            Pop(watchers, executed);
    }

    /// <summary>What has happened since the last time.</summary>
    /// <param name="records">Calls, returns and jumps.</param>
    /// <param name="table">Where they come from.</param>
    /// <param name="watchers">Who is told.</param>
    public void Take(ReadOnlySpan<StackRecord> records, SiteTable table, IStackWatcher[] watchers)
    {
        var sites = table.Sites;
        foreach (ref readonly var record in records)
        {
            ref readonly var site = ref sites[record.Site];
            while (_limits[_depth - 1] < record.StackPointer)
                Pop(watchers, record.Executed);
            switch (site.Kind)
            {
                case SiteKind.Call:
                    Call(site, record, watchers);
                    break;
                case SiteKind.Return:
                    Return(record, watchers);
                    break;
                case SiteKind.ReturnAndCall:
                    Return(record, watchers);
                    Call(site, record, watchers);
                    break;
                case SiteKind.Jump:
                    Replace(site, record, watchers);
                    break;
                case SiteKind.IndirectJump when record.Target - site.Function >= site.Length && IsBeginning(record.Target):
                    Replace(site, record, watchers);
                    break;
            }
        }
    }

    /// <summary>A signal's handler begins: whatever it does with stack pointers, what it has interrupted waits.</summary>
    public void Interrupt(IStackWatcher[] watchers, in Discontinuity signal, ulong stackPointer, ulong executed) =>
        Push(new StackFrame(FrameKind.Signal, signal.To, signal.From, 0, stackPointer, signal.Number), _limits[_depth - 1], watchers, executed);

    /// <summary>A signal's handler has ended.</summary>
    public void Resume(IStackWatcher[] watchers, ulong executed)
    {
        var handler = _depth - 1;
        while (handler > 0 && _frames[handler].Kind != FrameKind.Signal)
            handler--;
        while (handler > 0 && _depth > handler)
            Pop(watchers, executed);
    }

    private void Call(in StackSite site, in StackRecord record, IStackWatcher[] watchers)
    {
        _figures.Calls++;
        Push(new StackFrame(FrameKind.Call, record.Target, site.Address, site.FallThrough, record.StackPointer), record.StackPointer, watchers, record.Executed);
    }

    private void Return(in StackRecord record, IStackWatcher[] watchers)
    {
        if (_depth > 1 && _frames[_depth - 1].WayBack == record.Target)
            Pop(watchers, record.Executed);
    }

    /// <summary>The program has jumped to the beginning of a function, which returns for the one that jumped. The function that all began with has no caller, and a handler does not return: they stay.</summary>
    private void Replace(in StackSite site, in StackRecord record, IStackWatcher[] watchers)
    {
        var top = _frames[_depth - 1];
        if (top.Function == record.Target)
            return;
        _figures.TailCalls++;
        var limit = _limits[_depth - 1];
        if (top.Kind is FrameKind.Call or FrameKind.TailCall)
            Pop(watchers, record.Executed);
        Push(new StackFrame(FrameKind.TailCall, record.Target, site.Address, top.WayBack, top.StackPointer), limit, watchers, record.Executed);
    }

    private void Push(in StackFrame frame, ulong limit, IStackWatcher[] watchers, ulong executed)
    {
        if (_depth == _frames.Length)
        {
            if (_depth == Deepest)
                return;
            Array.Resize(ref _frames, 2 * _depth);
            Array.Resize(ref _limits, 2 * _depth);
        }

        _frames[_depth] = frame;
        _limits[_depth] = limit;
        if (++_depth > _figures.Deepest)
            _figures.Deepest = _depth;
        foreach (var watcher in watchers)
            watcher.OnEnter(vcpu, frame, executed);
    }

    private void Pop(IStackWatcher[] watchers, ulong executed)
    {
        ref readonly var frame = ref _frames[--_depth];
        foreach (var watcher in watchers)
            watcher.OnLeave(vcpu, frame, executed);
    }

    private bool IsBeginning(ulong address)
    {
        if (!_beginnings.TryGetValue(address, out var known))
            _beginnings.Add(address, known = isBeginning(address));
        return known;
    }
}
