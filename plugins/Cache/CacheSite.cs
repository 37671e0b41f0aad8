namespace StandardPlugins;

/// <summary>An instruction and its misses on all vCPUs.</summary>
internal sealed class CacheSite(ulong address, string symbol, string disassembly)
{
    public ulong Address { get; } = address;

    /// <summary>The function that it lies in; empty if that is not known.</summary>
    public string Symbol { get; } = symbol;

    public string Disassembly { get; } = disassembly;

    public long DataMisses;
    public long FetchMisses;
    public long SecondLevelMisses;
    public long ThirdLevelMisses;
}
