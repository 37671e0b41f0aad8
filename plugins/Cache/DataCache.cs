namespace StandardPlugins;

/// <summary>The first level of data: stores, and what is brought before it is asked for. One thread at a time.</summary>
internal sealed class DataCache(CacheNode node, StorePolicy stores, bool allocates, Prefetch prefetch, int degree)
{
    private Site[] _sites = [];

    public CacheNode Node => node;

    /// <summary>Whether all that a load, or a store, changes is the state of its line: nothing is foretold from it, and nothing written through.</summary>
    public bool ChangesOnlyState(bool isStore) => prefetch != Prefetch.Stride && !(isStore && stores == StorePolicy.Through);

    /// <summary>The state of a line that loads, or stores, leave as it is, as far as it matters.</summary>
    public LineState StateAfter(bool isStore) => isStore && stores == StorePolicy.Back ? LineState.Dirty : LineState.Clean;

    /// <summary>An access of the program.</summary>
    /// <param name="site">The number of its instruction.</param>
    /// <param name="address">Where it begins.</param>
    /// <param name="isStore">A store.</param>
    /// <returns>How many caches, from this one on, lacked the line; 1 for a store whose line is not brought, as nobody else is asked for it.</returns>
    public int Access(int site, ulong address, bool isStore)
    {
        var lacking = Access(address, isStore, out var wantsNext);
        if (prefetch == Prefetch.Next && wantsNext)
            for (var ahead = 1; ahead <= degree; ahead++)
                Bring(address + (ulong)ahead * node.Level.LineSize);
        else if (prefetch == Prefetch.Stride && Step(site, address) is not 0 and var step)
            for (var ahead = 1; ahead <= degree; ahead++)
                Bring(address + (ulong)ahead * step);
        return lacking;
    }

    private int Access(ulong address, bool isStore, out bool wantsNext)
    {
        var lacking = 0;
        wantsNext = true;
        if (node.Level.Use(address) is >= 0 and var place)
        {
            var state = node.Level.StateOf(place);
            wantsNext = (state & LineState.Prefetched) != 0;
            node.Counts.UsedPrefetches += wantsNext ? 1UL : 0;
            node.Level.SetState(place, (state & ~LineState.Prefetched) | StateAfter(isStore));
        }
        else if (isStore && !allocates)
        {
            node.WriteBelow(address);
            return 1;
        }
        else
        {
            lacking = 1 + node.ReadBelow(address, isDemand: true, out var state);
            node.Fill(address, state | StateAfter(isStore));
        }

        if (isStore && stores == StorePolicy.Through)
            node.WriteBelow(address);
        return lacking;
    }

    private void Bring(ulong address)
    {
        if (node.Level.Holds(address))
            return;
        node.Counts.Prefetches++;
        node.ReadBelow(address, isDemand: false, out var state);
        node.Fill(address, state | LineState.Prefetched);
    }

    /// <summary>The distance that the instruction's accesses have had twice, or 0.</summary>
    private ulong Step(int number, ulong address)
    {
        if (number >= _sites.Length)
            Array.Resize(ref _sites, Math.Max(number + 1, 2 * _sites.Length));
        ref var site = ref _sites[number];
        var step = address - site.Last;
        var isSame = step == site.Step;
        (site.Last, site.Step) = (address, step);
        return isSame ? step : 0;
    }

    private struct Site
    {
        public ulong Last;
        public ulong Step;
    }
}
