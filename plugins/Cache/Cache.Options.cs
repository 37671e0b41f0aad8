using Emu.Plugins;

namespace StandardPlugins;

/// <summary>The options, of which those that QEMU's plugin has are as there.</summary>
public sealed partial class Cache
{
    [Option("icachesize", "Bytes of the cache of instructions")]
    public ByteSize InstructionCacheSize { get; init; } = new(16384);

    [Option("iblksize", "Bytes of its lines")]
    public ByteSize InstructionLineSize { get; init; } = new(64);

    [Option("iassoc", "Lines of its sets")]
    public uint InstructionWays { get; init; } = 8;

    [Option("dcachesize", "Bytes of the cache of data")]
    public ByteSize DataCacheSize { get; init; } = new(16384);

    [Option("dblksize", "Bytes of its lines")]
    public ByteSize DataLineSize { get; init; } = new(64);

    [Option("dassoc", "Lines of its sets")]
    public uint DataWays { get; init; } = 8;

    [Option("l2", "Model a second level, which both caches miss into")]
    public bool HasSecondLevel { get; init; }

    [Option("l2cachesize", "Bytes of the second level; turns it on")]
    public ByteSize SecondLevelSize { get; init; }

    [Option("l2blksize", "Bytes of its lines; turns it on")]
    public ByteSize SecondLevelLineSize { get; init; }

    [Option("l2assoc", "Lines of its sets; turns it on")]
    public uint SecondLevelWays { get; init; }

    [Option("cores", "How many cores with caches of their own there are; all vCPUs of a program share one without it")]
    public uint Cores { get; init; } = 1;

    [Option("l2policy", "What the second level holds of what is above it: neither a matter (nine), all (inclusive), or nothing (exclusive); turns it on")]
    public Inclusion SecondLevelPolicy { get; init; } = Inclusion.Nine;

    [Option("l2shared", "All cores share the second level; turns it on")]
    public bool SharesSecondLevel { get; init; }

    [Option("l3", "Model a third level, which all cores share; turns the second on")]
    public bool HasThirdLevel { get; init; }

    [Option("l3cachesize", "Bytes of the third level; turns it on")]
    public ByteSize ThirdLevelSize { get; init; }

    [Option("l3blksize", "Bytes of its lines; turns it on")]
    public ByteSize ThirdLevelLineSize { get; init; }

    [Option("l3assoc", "Lines of its sets; turns it on")]
    public uint ThirdLevelWays { get; init; }

    [Option("l3policy", "What it holds of what is above it, as l2policy; turns it on")]
    public Inclusion ThirdLevelPolicy { get; init; } = Inclusion.Nine;

    [Option("write", "What stores do: nothing that loads do not, or their lines are written back when they are given up, or they are written through at once")]
    public StorePolicy Write { get; init; } = StorePolicy.Alike;

    [Option("allocate", "A store that misses brings its line; off passes it on to the next level, with write=back or through")]
    public bool Allocates { get; init; } = true;

    [Option("prefetch", "What is brought to the cache of data ahead: the next lines, or what an instruction's stride foretells")]
    public Prefetch Prefetch { get; init; } = Prefetch.None;

    [Option("degree", "How many lines or strides ahead, 1 to 64")]
    public uint Degree { get; init; } = 1;

    [Option("tlb", "Model buffers of translations, one of fetches and one of accesses")]
    public bool HasTlbs { get; init; }

    [Option("tlbentries", "Translations in each of them; turns them on")]
    public uint TlbEntries { get; init; }

    [Option("tlbassoc", "Translations of their sets; turns them on")]
    public uint TlbWays { get; init; }

    [Option("stlbentries", "Translations in a second buffer behind both; turns them on")]
    public uint SecondTlbEntries { get; init; }

    [Option("stlbassoc", "Translations of its sets")]
    public uint SecondTlbWays { get; init; } = 8;

    [Option("pagesize", "Bytes of a page")]
    public ByteSize PageSize { get; init; } = new(4096);

    [Option("evict", "Which line makes room: the least recently used, the first in, any, or by a tree of bits one not used lately")]
    public Eviction Evict { get; init; } = Eviction.Lru;

    [Option("limit", "How many instructions each table lists")]
    public uint Limit { get; init; } = 32;

    private bool UsesThirdLevel => HasThirdLevel || ThirdLevelSize.Bytes != 0 || ThirdLevelLineSize.Bytes != 0 || ThirdLevelWays != 0 || ThirdLevelPolicy != Inclusion.Nine;

    private bool UsesSecondLevel =>
        UsesThirdLevel || HasSecondLevel || SecondLevelSize.Bytes != 0 || SecondLevelLineSize.Bytes != 0 || SecondLevelWays != 0 || SecondLevelPolicy != Inclusion.Nine || SharesSecondLevel;

    private bool UsesTlbs => HasTlbs || TlbEntries != 0 || TlbWays != 0 || SecondTlbEntries != 0;

    /// <summary>Whether there is more to tell than QEMU's plugin tells.</summary>
    private bool TellsLevels => UsesThirdLevel || UsesTlbs || Write != StorePolicy.Alike || Prefetch != Prefetch.None || SecondLevelPolicy != Inclusion.Nine || SharesSecondLevel;

    /// <summary>What is asked for, if there are such caches.</summary>
    /// <exception cref="PluginInstallException">There are not; the message names the option and says what is allowed.</exception>
    private HierarchyShape CheckShape()
    {
        if (Cores is 0 or > 1024)
            throw new PluginInstallException($"option 'cores' does not take '{Cores}'; allowed: 1 to 1024");
        if (Degree is 0 or > 64)
            throw new PluginInstallException($"option 'degree' does not take '{Degree}'; allowed: 1 to 64");
        if (!Allocates && Write == StorePolicy.Alike)
            throw new PluginInstallException("option 'allocate' does not take 'off' with write=alike; allowed: on, or write=back or write=through");
        var shape = new HierarchyShape(
            CacheGeometry.Check("i", InstructionCacheSize, InstructionLineSize, InstructionWays, Evict),
            CacheGeometry.Check("d", DataCacheSize, DataLineSize, DataWays, Evict),
            UsesSecondLevel ? CacheGeometry.Check("l2", Or(SecondLevelSize, 2 << 20), Or(SecondLevelLineSize, 64), Or(SecondLevelWays, 16), Evict) : null,
            UsesThirdLevel ? CacheGeometry.Check("l3", Or(ThirdLevelSize, 16 << 20), Or(ThirdLevelLineSize, 64), Or(ThirdLevelWays, 16), Evict) : null,
            UsesTlbs ? CacheGeometry.OfTlb("tlb", Or(TlbEntries, 64), Or(TlbWays, 4), PageSize) : null,
            SecondTlbEntries != 0 ? CacheGeometry.OfTlb("stlb", SecondTlbEntries, SecondTlbWays, PageSize) : null);
        CheckLines("l2policy", SecondLevelPolicy, shape);
        CheckLines("l3policy", ThirdLevelPolicy, shape);
        return shape;
    }

    // A line that moves, or is taken back, is the same everywhere.
    private static void CheckLines(string option, Inclusion policy, HierarchyShape shape)
    {
        if (policy != Inclusion.Nine && !shape.HasOneLineSize)
            throw new PluginInstallException($"option '{option}' does not take '{policy.ToString().ToLowerInvariant()}' with lines of several sizes; allowed: nine, or the same iblksize, dblksize, l2blksize and l3blksize");
    }

    private static ByteSize Or(ByteSize given, ulong otherwise) => given.Bytes != 0 ? given : new(otherwise);

    private static uint Or(uint given, uint otherwise) => given != 0 ? given : otherwise;
}
