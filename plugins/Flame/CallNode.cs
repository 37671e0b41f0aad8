namespace StandardPlugins;

/// <summary>A function as it was called: by which function, which was called by which. Used by one thread while it runs.</summary>
/// <param name="caller">Who called it; null for the root.</param>
/// <param name="key">What tells it from others of the same caller: its guest address, or a number of <see cref="FunctionNames.KeyOfSignal"/>.</param>
/// <param name="function">Its name.</param>
internal sealed class CallNode(CallNode? caller, ulong key, string function)
{
    private readonly Dictionary<ulong, CallNode> _callees = [];
    private CallNode? _last;

    public CallNode? Caller { get; } = caller;

    public string Function { get; } = function;

    /// <summary>Instructions that it executed itself.</summary>
    public ulong Instructions { get; set; }

    public IEnumerable<CallNode> Callees => _callees.Values;

    private ulong Key { get; } = key;

    /// <summary>A function called from here. Mostly it is the one that was called before.</summary>
    public CallNode Callee(ulong key, FunctionNames names) => _last is { } last && last.Key == key ? last : _last = Find(key, names);

    /// <summary>Sets what was counted here and in all that was called from here to zero.</summary>
    public void Forget()
    {
        Instructions = 0;
        foreach (var callee in Callees)
            callee.Forget();
    }

    /// <summary>Adds what another tree of the same root has.</summary>
    public void Add(CallNode other, FunctionNames names)
    {
        Instructions += other.Instructions;
        foreach (var callee in other.Callees)
            Callee(callee.Key, names).Add(callee, names);
    }

    private CallNode Find(ulong key, FunctionNames names)
    {
        if (!_callees.TryGetValue(key, out var callee))
            _callees.Add(key, callee = new CallNode(this, key, names[key]));
        return callee;
    }
}
