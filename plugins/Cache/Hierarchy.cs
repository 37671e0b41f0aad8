namespace StandardPlugins;

/// <summary>The caches of all cores, and the memory behind them.</summary>
internal sealed class Hierarchy
{
    private readonly HierarchyShape _shape;
    private readonly Cache _options;
    private readonly CacheNode? _sharedSecond;

    public Hierarchy(HierarchyShape shape, Cache options)
    {
        (_shape, _options) = (shape, options);
        Third = shape.Third is { } third ? new(new(third, options.Evict), options.ThirdLevelPolicy, null, Memory) : null;
        _sharedSecond = options.SharesSecondLevel ? NewSecond() : null;
        // One at a time where a cache is shared: what it gives up may be taken from another core.
        var gate = Third is null && _sharedSecond is null ? null : new Lock();
        Cores = new Core[options.Cores];
        for (var core = 0; core < Cores.Length; core++)
            Cores[core] = NewCore(gate ?? new Lock());
    }

    public Core[] Cores { get; }

    /// <summary>The level that all cores share, or null.</summary>
    public CacheNode? Third { get; }

    /// <summary>Whether the second level is one for all.</summary>
    public bool SharesSecond => _sharedSecond is not null;

    public bool HasSecondLevel => _shape.Second is not null;

    public MemoryTraffic Memory { get; } = new();

    private Core NewCore(Lock gate)
    {
        var second = _sharedSecond ?? NewSecond();
        var instructions = NewFirst(_shape.Instructions, second);
        var data = new DataCache(NewFirst(_shape.Data, second), _options.Write, _options.Allocates, _options.Prefetch, (int)_options.Degree);
        return new(gate, instructions, data, second, NewTlbs());
    }

    private CacheNode? NewSecond()
    {
        if (_shape.Second is not { } geometry)
            return null;
        var second = new CacheNode(new(geometry, _options.Evict), _options.SecondLevelPolicy, Third, Memory);
        Third?.Serve(second);
        return second;
    }

    private CacheNode NewFirst(CacheGeometry geometry, CacheNode? second)
    {
        var first = new CacheNode(new(geometry, _options.Evict), Inclusion.Nine, second, Memory);
        second?.Serve(first);
        return first;
    }

    private CoreTlbs? NewTlbs()
    {
        if (_shape.Tlb is not { } geometry)
            return null;
        var second = _shape.SecondTlb is { } shape ? new Tlb(new(shape, Eviction.Lru), null) : null;
        return new(new(new(geometry, Eviction.Lru), second), new(new(geometry, Eviction.Lru), second), second);
    }
}
