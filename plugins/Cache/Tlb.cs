namespace StandardPlugins;

/// <summary>A buffer of the translations of pages, before a second one for all, before the walk through the page table. One thread at a time, but for <see cref="IsAtHand"/>.</summary>
internal sealed class Tlb(CacheLevel pages, Tlb? below)
{
    public NodeCounts Counts { get; } = new();

    /// <summary>Whether the translation is there and using it changes nothing. Asked without a lock.</summary>
    public bool IsAtHand(ulong address) => pages.IsAtHand(address);

    public void Access(ulong address)
    {
        Counts.Accesses++;
        if (pages.Use(address) >= 0)
            return;
        Counts.Misses++;
        pages.Fill(address, LineState.Clean, out _, out _);
        below?.Access(address);
    }
}
