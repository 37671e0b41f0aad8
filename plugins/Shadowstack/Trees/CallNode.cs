namespace StandardPlugins;

/// <summary>A function as it was called: by which function, which was called by which. Used by one thread while it runs; when that has ended, by all.</summary>
public sealed class CallNode
{
    private readonly Dictionary<ulong, CallNode> _callees = [];
    private CallNode? _last;

    /// <param name="caller">Who called it; null for the root.</param>
    /// <param name="key">What tells it from others of the same caller: its guest address, or a number of <see cref="FunctionNames.KeyOfSignal"/>.</param>
    /// <param name="function">Its name.</param>
    internal CallNode(CallNode? caller, ulong key, string function) => (Caller, Key, Function) = (caller, key, function);

    /// <summary>Who called it; null for the root.</summary>
    public CallNode? Caller { get; }

    /// <summary>Its name; of the root, the program's; of what a signal interrupts, the signal's.</summary>
    public string Function { get; }

    /// <summary>Instructions that it executed itself.</summary>
    public ulong Instructions { get; internal set; }

    /// <summary>Instructions of it and of all that it called: added up when it is asked for.</summary>
    public ulong Total
    {
        get
        {
            var total = Instructions;
            foreach (var callee in Callees)
                total += callee.Total;
            return total;
        }
    }

    /// <summary>What it called, in no order.</summary>
    public IEnumerable<CallNode> Callees => _callees.Values;

    private ulong Key { get; }

    /// <summary>A function called from here. Mostly it is the one that was called before.</summary>
    internal CallNode Callee(ulong key, FunctionNames names) => _last is { } last && last.Key == key ? last : _last = Find(key, names);

    /// <summary>Sets what was counted here and in all that was called from here to zero.</summary>
    internal void Forget()
    {
        Instructions = 0;
        foreach (var callee in Callees)
            callee.Forget();
    }

    /// <summary>Adds what another tree of the same root has.</summary>
    internal void Add(CallNode other, FunctionNames names)
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
