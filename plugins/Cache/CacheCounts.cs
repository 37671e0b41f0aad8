namespace StandardPlugins;

/// <summary>What one vCPU did, or all that have ended.</summary>
internal struct CacheCounts
{
    public ulong DataAccesses;
    public ulong DataMisses;
    public ulong Fetches;
    public ulong FetchMisses;
    public ulong SecondLevelAccesses;
    public ulong SecondLevelMisses;

    public void Add(in CacheCounts other)
    {
        DataAccesses += other.DataAccesses;
        DataMisses += other.DataMisses;
        Fetches += other.Fetches;
        FetchMisses += other.FetchMisses;
        SecondLevelAccesses += other.SecondLevelAccesses;
        SecondLevelMisses += other.SecondLevelMisses;
    }
}
