namespace StandardPlugins;

/// <summary>What a cache did, of which its vCPUs keep no count of their own.</summary>
internal sealed class NodeCounts
{
    /// <summary>Lines that the program needed from it.</summary>
    public ulong Accesses;

    /// <summary>Those that it lacked.</summary>
    public ulong Misses;

    /// <summary>Stores and lines that the caches above passed on.</summary>
    public ulong Writes;

    /// <summary>Lines that a prefetcher brought.</summary>
    public ulong Prefetches;

    /// <summary>Those of them that the program used.</summary>
    public ulong UsedPrefetches;
}
