using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Models caches of instructions and data, and one of both behind them, and lists the instructions that miss most.</summary>
/// <remarks>
/// An access uses the line that it begins in. By default loads and stores are alike, and the second level sees what misses the first. All vCPUs share one set of caches, as the threads of a program
/// that runs on one core do, or with <c>cores=N</c> vCPU number n uses the caches of core n modulo N. The README has every rule.
/// </remarks>
[EmuPlugin("cache", "Models caches and lists the instructions that miss most")]
public sealed partial class Cache : Plugin, IOnTranslate, IOnVCpuExit, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Memory;

    public static string Example => "-p cache,l2,limit=10 PROGRAM";

    private readonly Dictionary<(ulong Address, ulong Opcode), int> _numbers = [];
    private readonly Lock _gate = new();
    private volatile CacheSite[] _sites = [];
    private int _siteCount;
    private int _fetchShift;
    private bool _mayLoseLine;
    private Hierarchy _hierarchy = null!;
    private Core[] _cores = [];
    private CacheCounts[] _sums = [];
    private Scoreboard<CacheCounts> _counts = null!;
    private ScoreboardEntry _fetches;

    public override void Install(in GuestInfo guest)
    {
        var shape = CheckShape();
        _fetchShift = shape.Instructions.LineShift;
        // What a data access takes from the second level, it may take from the instructions too.
        _mayLoseLine = SecondLevelPolicy == Inclusion.Inclusive || ThirdLevelPolicy == Inclusion.Inclusive;
        _sums = new CacheCounts[Cores];
        _hierarchy = new Hierarchy(shape, this);
        _cores = _hierarchy.Cores;
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
            if (_mayLoseLine || insn.Address >> _fetchShift != line)
                insn.OnExecute<Callbacks.Fetched>(number);
            line = insn.Address >> _fetchShift;
            insn.OnMemory<Callbacks.Accessed>(AccessKind.ReadWrite, number);
        }
    }

    [ExecCallback]
    private void Fetched(in VCpu vcpu, nint number)
    {
        var site = _sites[number];
        var lacking = CoreOf(vcpu).Fetch(site.Address);
        if (lacking == 0)
            return;
        _counts[vcpu].FetchMisses++;
        Interlocked.Increment(ref site.FetchMisses);
        CountBelow(vcpu, site, lacking);
    }

    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint number)
    {
        _counts[vcpu].DataAccesses++;
        var lacking = CoreOf(vcpu).Access((int)number, access.Address, access.IsStore);
        if (lacking == 0)
            return;
        var site = _sites[number];
        _counts[vcpu].DataMisses++;
        Interlocked.Increment(ref site.DataMisses);
        if (Allocates || !access.IsStore)
            CountBelow(vcpu, site, lacking);
    }

    // Another vCPU may get its number, and the entry with it.
    public void OnVCpuExit(in VCpu vcpu)
    {
        lock (_gate)
            _sums[vcpu.Index % _sums.Length].Add(_counts[vcpu]);
    }

    public void OnReport(ReportWriter report)
    {
        var sums = _sums;
        var writer = new CacheReport(report, UsesSecondLevel, UsesThirdLevel, (int)Math.Min(Limit, int.MaxValue));
        writer.WriteCores(sums);
        if (TellsLevels)
            writer.WriteLevels(_hierarchy, sums);
        writer.WriteSites(_sites.AsSpan(0, _siteCount));
    }

    /// <summary>Counts what was asked of the second level, and of the third.</summary>
    private void CountBelow(in VCpu vcpu, CacheSite site, int lacking)
    {
        if (!_hierarchy.HasSecondLevel)
            return;
        ref var counts = ref _counts[vcpu];
        counts.SecondLevelAccesses++;
        if (lacking < 2)
            return;
        counts.SecondLevelMisses++;
        Interlocked.Increment(ref site.SecondLevelMisses);
        if (lacking > 2)
            Interlocked.Increment(ref site.ThirdLevelMisses);
    }

    private Core CoreOf(in VCpu vcpu) => _cores[_cores.Length == 1 ? 0 : vcpu.Index % _cores.Length];

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
}
