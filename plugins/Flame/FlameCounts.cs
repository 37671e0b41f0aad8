namespace StandardPlugins;

/// <summary>What one vCPU has executed, and the jump or call that it has made last, if the next block is to look at it.</summary>
internal struct FlameCounts
{
    public ulong Executed;
    public ulong Pending;
}
