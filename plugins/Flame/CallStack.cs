namespace StandardPlugins;

/// <summary>
/// Where a vCPU is in its tree of calls. A function is left when the program returns to behind its call, and also when the stack pointer has risen above where it was at the function's
/// entry: that is how <c>longjmp</c>, exceptions and returns of several at once are seen. Used by the vCPU's thread alone.
/// </summary>
internal sealed class CallStack
{
    /// <summary>Deeper calls are counted in the function at this depth: a recursion without end must not fill the memory.</summary>
    private const int Deepest = 1024;

    private readonly List<Frame> _frames = [];
    private readonly CallNode _root;
    private ulong _counted;

    public CallStack(string root) => _frames.Add(new(_root = new CallNode(null, root), ulong.MaxValue, ulong.MaxValue));

    public CallNode Root => _root;

    private CallNode Top => _frames[^1].Node;

    /// <summary>A call has come to a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="wayBack">Where the call returns to.</param>
    /// <param name="stackPointer">The stack pointer at the function's entry.</param>
    /// <param name="executed">What the vCPU has executed until now, in all.</param>
    public void Enter(string function, ulong wayBack, ulong stackPointer, ulong executed)
    {
        Count(executed);
        Drop(stackPointer);
        if (_frames.Count < Deepest)
            _frames.Add(new(Top.Callee(function), wayBack, stackPointer));
    }

    /// <summary>The program has jumped from one function to the beginning of another, which returns for it: a tail call.</summary>
    public void Replace(string function, ulong executed)
    {
        var (node, wayBack, stackPointer) = _frames[^1];
        if (ReferenceEquals(node.Function, function))
            return;
        Count(executed);
        // The function that all began with has no caller: it stays.
        var caller = node.Caller ?? node;
        if (node.Caller is null)
            _frames.Add(new(caller.Callee(function), wayBack, stackPointer));
        else
            _frames[^1] = new(caller.Callee(function), wayBack, stackPointer);
    }

    /// <summary>The program returns to an address.</summary>
    public void Leave(ulong target, ulong stackPointer, ulong executed)
    {
        Count(executed);
        Drop(stackPointer);
        if (_frames.Count > 1 && _frames[^1].WayBack == target)
            _frames.RemoveAt(_frames.Count - 1);
    }

    /// <summary>A signal's handler begins: whatever it does with stack pointers, what it has interrupted waits.</summary>
    public void Interrupt(string name, ulong executed)
    {
        Count(executed);
        if (_frames.Count < Deepest)
            _frames.Add(new(Top.Callee(name), Frame.Interrupted, ulong.MaxValue));
    }

    /// <summary>A signal's handler has ended.</summary>
    public void Resume(ulong executed)
    {
        Count(executed);
        var handler = _frames.FindLastIndex(static frame => frame.WayBack == Frame.Interrupted);
        if (handler > 0)
            _frames.RemoveRange(handler, _frames.Count - handler);
    }

    /// <summary>Forgets what was counted, not where the vCPU is.</summary>
    public void Restart(ulong executed)
    {
        Count(executed);
        _root.Forget();
    }

    /// <summary>Gives what was executed since it was called last to the function that is on top.</summary>
    public void Count(ulong executed)
    {
        Top.Instructions += executed - _counted;
        _counted = executed;
    }

    private void Drop(ulong stackPointer)
    {
        while (_frames.Count > 1 && LeftAt(_frames.Count - 1) < stackPointer)
            _frames.RemoveAt(_frames.Count - 1);
    }

    /// <summary>Above which stack pointer a function has been left: its own, and for a handler that of the function that it interrupted, as it may have a stack of its own.</summary>
    private ulong LeftAt(int frame) => _frames[frame].WayBack == Frame.Interrupted ? _frames[frame - 1].StackPointer : _frames[frame].StackPointer;

    private readonly record struct Frame(CallNode Node, ulong WayBack, ulong StackPointer)
    {
        /// <summary>The way back of a signal's handler: no program has code at the end of the address space.</summary>
        public const ulong Interrupted = ulong.MaxValue - 1;
    }
}
