using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Models caches of instructions and data, and one of both behind them, and lists the instructions that miss most.</summary>
/// <remarks>
/// An access uses the line that it begins in, loads and stores alike; a store that misses brings its line. The second level sees what misses the first. All vCPUs share one set of caches,
/// as the threads of a program that runs on one core do, or with <c>cores=N</c> vCPU number n uses the caches of core n modulo N.
/// </remarks>
[EmuPlugin("cache", "Models caches and lists the instructions that miss most")]
public sealed partial class Cache : Plugin, IOnTranslate, IOnVCpuExit, IOnReport
{
    private readonly Dictionary<(ulong Address, ulong Opcode), int> _numbers = [];
    private readonly Lock _gate = new();
    private volatile CacheSite[] _sites = [];
    private int _siteCount;
    private int _fetchShift;
    private Core[] _cores = [];
    private CacheCounts[] _sums = [];
    private Scoreboard<CacheCounts> _counts = null!;
    private ScoreboardEntry _fetches;

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

    [Option("evict", "Which line makes room: the least recently used, the first in, or any")]
    public Eviction Evict { get; init; } = Eviction.Lru;

    [Option("limit", "How many instructions each table lists")]
    public uint Limit { get; init; } = 32;

    private bool UsesSecondLevel => HasSecondLevel || SecondLevelSize.Bytes != 0 || SecondLevelLineSize.Bytes != 0 || SecondLevelWays != 0;

    public override void Install(in GuestInfo guest)
    {
        if (Cores is 0 or > 1024)
            throw new PluginInstallException($"option 'cores' does not take '{Cores}'; allowed: 1 to 1024");
        var instructions = CacheGeometry.Check("i", InstructionCacheSize, InstructionLineSize, InstructionWays);
        var data = CacheGeometry.Check("d", DataCacheSize, DataLineSize, DataWays);
        var second = CacheGeometry.Check("l2", Or(SecondLevelSize, 2 << 20), Or(SecondLevelLineSize, 64), SecondLevelWays == 0 ? 16 : SecondLevelWays);
        _fetchShift = instructions.LineShift;
        _sums = new CacheCounts[Cores];
        _cores = new Core[Cores];
        for (var core = 0; core < _cores.Length; core++)
            _cores[core] = new(new(instructions, Evict), new(data, Evict), UsesSecondLevel ? new(second, Evict) : null);
        _counts = Host.NewScoreboard<CacheCounts>();
        _fetches = _counts.Entry(static (ref CacheCounts counts) => ref counts.Fetches);
    }

    public void OnTranslate(TranslationBlock block)
    {
        var line = ulong.MaxValue;
        foreach (var insn in block)
        {
            var number = NumberOf(insn);
            insn.AddOnExecute(_fetches, 1);
            // What follows in the same line hits, and changes nothing: there is nothing to look up.
            if (insn.Address >> _fetchShift != line)
                insn.OnExecute<Callbacks.Fetched>(number);
            line = insn.Address >> _fetchShift;
            insn.OnMemory<Callbacks.Accessed>(AccessKind.ReadWrite, number);
        }
    }

    [ExecCallback]
    private void Fetched(in VCpu vcpu, nint number)
    {
        var site = _sites[number];
        ref readonly var core = ref CoreOf(vcpu);
        if (core.Instructions.Access(site.Address))
            return;
        _counts[vcpu].FetchMisses++;
        Interlocked.Increment(ref site.FetchMisses);
        MissInto(core.Second, vcpu, site, site.Address);
    }

    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint number)
    {
        ref readonly var core = ref CoreOf(vcpu);
        _counts[vcpu].DataAccesses++;
        if (core.Data.Access(access.Address))
            return;
        var site = _sites[number];
        _counts[vcpu].DataMisses++;
        Interlocked.Increment(ref site.DataMisses);
        MissInto(core.Second, vcpu, site, access.Address);
    }

    // Another vCPU may get its number, and the entry with it.
    public void OnVCpuExit(in VCpu vcpu)
    {
        lock (_gate)
            _sums[vcpu.Index % _sums.Length].Add(_counts[vcpu]);
    }

    public void OnReport(ReportWriter report) => new CacheReport(report, UsesSecondLevel, (int)Math.Min(Limit, int.MaxValue)).Write(_sums, _sites.AsSpan(0, _siteCount));

    private void MissInto(SetAssociativeCache? second, in VCpu vcpu, CacheSite site, ulong address)
    {
        if (second is null)
            return;
        _counts[vcpu].SecondLevelAccesses++;
        if (second.Access(address))
            return;
        _counts[vcpu].SecondLevelMisses++;
        Interlocked.Increment(ref site.SecondLevelMisses);
    }

    private ref readonly Core CoreOf(in VCpu vcpu) => ref _cores[vcpu.Index % _cores.Length];

    // An instruction that is translated again, or by several vCPUs at once, keeps its number.
    private int NumberOf(Instruction insn)
    {
        lock (_gate)
        {
            var key = (insn.Address, insn.Opcode);
            if (_numbers.TryGetValue(key, out var number))
                return number;
            var sites = _sites;
            if (_siteCount == sites.Length)
                Array.Resize(ref sites, Math.Max(256, sites.Length * 2));
            sites[_siteCount] = new CacheSite(insn.Address, insn.Symbol ?? "", insn.Disassemble().Replace('\t', ' '));
            _sites = sites;
            _numbers.Add(key, _siteCount);
            return _siteCount++;
        }
    }

    private static ByteSize Or(ByteSize given, ulong otherwise) => given.Bytes != 0 ? given : new(otherwise);

    private readonly record struct Core(SetAssociativeCache Instructions, SetAssociativeCache Data, SetAssociativeCache? Second);
}
