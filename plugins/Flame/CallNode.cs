namespace StandardPlugins;

/// <summary>A function as it was called: by which function, which was called by which. Used by one thread while it runs.</summary>
internal sealed class CallNode(CallNode? caller, string function)
{
    private readonly Dictionary<string, CallNode> _callees = [];
    private CallNode? _last;

    public CallNode? Caller { get; } = caller;

    public string Function { get; } = function;

    /// <summary>Instructions that it executed itself.</summary>
    public ulong Instructions { get; set; }

    public IEnumerable<CallNode> Callees => _callees.Values;

    /// <summary>A function called from here. Mostly it is the one that was called before.</summary>
    public CallNode Callee(string function)
    {
        if (_last is { } last && ReferenceEquals(last.Function, function))
            return last;
        if (!_callees.TryGetValue(function, out var callee))
            _callees.Add(function, callee = new CallNode(this, function));
        return _last = callee;
    }

    /// <summary>Sets what was counted here and in all that was called from here to zero.</summary>
    public void Forget()
    {
        Instructions = 0;
        foreach (var callee in Callees)
            callee.Forget();
    }

    /// <summary>Adds what another tree of the same root has.</summary>
    public void Add(CallNode other)
    {
        Instructions += other.Instructions;
        foreach (var callee in other.Callees)
            Callee(callee.Function).Add(callee);
    }
}
