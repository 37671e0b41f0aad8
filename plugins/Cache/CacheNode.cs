namespace StandardPlugins;

/// <summary>A cache among others: where it gets its lines, and where those go that it gives up. One thread at a time.</summary>
/// <param name="level">The lines that it holds.</param>
/// <param name="inclusion">What it holds of what the caches above it hold.</param>
/// <param name="below">The next one, or null if that is memory.</param>
/// <param name="memory">The traffic of the memory behind all.</param>
internal sealed class CacheNode(CacheLevel level, Inclusion inclusion, CacheNode? below, MemoryTraffic memory)
{
    private readonly List<CacheNode> _above = [];

    public CacheLevel Level => level;

    public NodeCounts Counts { get; } = new();

    /// <summary>The caches that get their lines here.</summary>
    public void Serve(CacheNode above) => _above.Add(above);

    /// <summary>Brings a line to the cache above, which lacks it.</summary>
    /// <param name="address">An address in it.</param>
    /// <param name="isDemand">The program asked for it, not a prefetcher.</param>
    /// <param name="state">The state that it comes in.</param>
    /// <returns>How many caches from this one on lacked it.</returns>
    public int Read(ulong address, bool isDemand, out LineState state)
    {
        if (isDemand)
            Counts.Accesses++;
        if (inclusion == Inclusion.Exclusive && level.TryRemove(address, out state))
            return 0;
        state = LineState.Clean;
        if (inclusion != Inclusion.Exclusive && level.Use(address) >= 0)
            return 0;
        if (isDemand)
            Counts.Misses++;
        var lacking = 1 + ReadBelow(address, isDemand, out state);
        if (inclusion == Inclusion.Exclusive)
            return lacking;
        Fill(address, state);
        state = LineState.Clean;
        return lacking;
    }

    /// <summary>Brings a line here from below.</summary>
    public int ReadBelow(ulong address, bool isDemand, out LineState state)
    {
        if (below is not null)
            return below.Read(address, isDemand, out state);
        state = LineState.Clean;
        memory.CountRead();
        return 0;
    }

    /// <summary>Takes a line in, which is not held, and gives up another if there is no room.</summary>
    public void Fill(ulong address, LineState state)
    {
        if (level.Fill(address, state, out var evicted, out var evictedState))
            GiveUp(evicted, evictedState);
    }

    /// <summary>Passes a store, or a line that was stored to, on to the next cache that holds the line, or to memory.</summary>
    public void WriteBelow(ulong address)
    {
        if (below is null)
            memory.CountWrite();
        else
            below.Write(address);
    }

    private void Write(ulong address)
    {
        Counts.Writes++;
        if (level.Use(address) is >= 0 and var place)
            level.SetState(place, level.StateOf(place) | LineState.Dirty);
        else
            WriteBelow(address);
    }

    private void GiveUp(ulong address, LineState state)
    {
        if (inclusion == Inclusion.Inclusive)
            state |= TakeFromAbove(address, level.LineSize);
        state &= LineState.Dirty;
        if (below is { } next && next.IsExclusive)
            next.Take(address, state);
        else if (state == LineState.Dirty)
            WriteBelow(address);
    }

    private bool IsExclusive => inclusion == Inclusion.Exclusive;

    /// <summary>Takes what the cache above gives up.</summary>
    private void Take(ulong address, LineState state)
    {
        Counts.Writes++;
        if (level.Use(address) is >= 0 and var place)
            level.SetState(place, level.StateOf(place) | state); // Two caches above have held it.
        else
            Fill(address, state);
    }

    /// <summary>Takes lines away from all caches above; the state tells whether one of them was stored to.</summary>
    private LineState TakeFromAbove(ulong address, ulong size)
    {
        var taken = LineState.Clean;
        foreach (var cache in _above)
        {
            for (var line = address; line < address + size; line += cache.Level.LineSize)
                if (cache.Level.TryRemove(line, out var state))
                    taken |= state;
            taken |= cache.TakeFromAbove(address, size);
        }

        return taken;
    }
}
