using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Where a vCPU is in its tree of calls. Used by whoever is told of its frames.</summary>
internal sealed class CallPath(FunctionNames names)
{
    /// <summary>Deeper calls are counted in the function at this depth: a recursion without end must not fill the memory.</summary>
    private const int Deepest = 1024;

    private CallNode? _top;
    private ulong _counted;
    private int _depth;

    /// <summary>The tree; null before the first frame.</summary>
    public CallNode? Root { get; private set; }

    /// <summary>The vCPU begins.</summary>
    public void Start(string name, ulong executed)
    {
        Root = _top = new CallNode(null, 0, name);
        (_counted, _depth) = (executed, 0);
    }

    public void Enter(in StackFrame frame, ulong executed)
    {
        Count(executed);
        if (++_depth > Deepest)
            return;
        if (frame.Kind == FrameKind.Signal)
            _top = _top!.Callee(FunctionNames.KeyOfSignal(frame.Signal), names);
        _top = _top!.Callee(frame.Function, names);
    }

    public void Leave(FrameKind kind, ulong executed)
    {
        Count(executed);
        if (_depth-- > Deepest)
            return;
        _top = _top!.Caller;
        if (kind == FrameKind.Signal)
            _top = _top!.Caller;
    }

    /// <summary>Gives what was executed since it was called last to the function that is on top.</summary>
    public void Count(ulong executed)
    {
        _top!.Instructions += executed - _counted;
        _counted = executed;
    }
}
