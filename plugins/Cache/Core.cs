namespace StandardPlugins;

/// <summary>The caches of a core. Its vCPUs take turns; those of cores that share a cache, too.</summary>
internal sealed class Core(Lock gate, CacheNode instructions, DataCache data, CacheNode? second, CoreTlbs? tlbs)
{
    // What most accesses are decided by, at hand.
    private readonly CacheLevel _fetched = instructions.Level;
    private readonly CacheLevel _accessed = data.Node.Level;
    private readonly bool _loadsMayHit = data.ChangesOnlyState(isStore: false);
    private readonly bool _storesMayHit = data.ChangesOnlyState(isStore: true);
    private readonly LineState _stored = data.StateAfter(isStore: true);

    public CacheNode Instructions => instructions;

    public DataCache Data => data;

    public CacheNode? Second => second;

    public CoreTlbs? Tlbs => tlbs;

    /// <summary>Fetches a line of instructions.</summary>
    /// <returns>How many caches lacked it.</returns>
    public int Fetch(ulong address)
    {
        if (_fetched.IsAtHand(address) && (tlbs is null || tlbs.Instructions.IsAtHand(address)))
            return 0;
        lock (gate)
        {
            tlbs?.Instructions.Access(address);
            if (instructions.Level.Use(address) >= 0)
                return 0;
            var lacking = 1 + instructions.ReadBelow(address, isDemand: true, out var state);
            instructions.Fill(address, state);
            return lacking;
        }
    }

    /// <summary>A load or store.</summary>
    /// <param name="site">The number of its instruction.</param>
    /// <param name="address">Where it begins.</param>
    /// <param name="isStore">A store.</param>
    /// <returns>How many caches lacked its line.</returns>
    public int Access(int site, ulong address, bool isStore)
    {
        if (IsAtHand(address, isStore) && (tlbs is null || tlbs.Data.IsAtHand(address)))
            return 0;
        lock (gate)
        {
            tlbs?.Data.Access(address);
            return data.Access(site, address, isStore);
        }
    }

    private bool IsAtHand(ulong address, bool isStore) => isStore
        ? _storesMayHit && _accessed.IsAtHand(address, LineState.Prefetched | _stored, _stored)
        : _loadsMayHit && _accessed.IsAtHand(address);
}

/// <summary>The buffers of translations of a core.</summary>
/// <param name="Instructions">For fetches.</param>
/// <param name="Data">For loads and stores.</param>
/// <param name="Second">For what both lack, or null.</param>
internal sealed record CoreTlbs(Tlb Instructions, Tlb Data, Tlb? Second);
