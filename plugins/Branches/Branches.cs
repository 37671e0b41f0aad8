using System.Collections.Concurrent;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Counts how often each branch is taken and not, and where indirect jumps, calls and returns go.</summary>
/// <remarks>Branches and direct jumps are counted inline. Indirect ones are noted in a trace, whose records are counted some thousand at a time.</remarks>
[EmuPlugin("branches", "Counts taken and not taken branches, and the targets of indirect jumps")]
[Provides<IBranchCounts>]
public sealed partial class Branches : Plugin, IOnTranslate, IOnReport, IBranchCounts
{
    private const int Capacity = 2048;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ulong Address, string Text), int> _numbers = [];
    private readonly List<Site> _sites = [];
    private readonly ConcurrentDictionary<long, TargetCounts> _targets = [];
    private CounterList _counters = null!;
    private TraceBuffer<TargetRecord> _trace = null!;

    public static PluginTopic Topic => PluginTopic.Execution;

    public static string Example => "-p branches,limit=5 PROGRAM";

    [Option("limit", "How many branches, and how many indirect jumps, to list")]
    public uint Limit { get; init; } = 20;

    [Option("targets", "How many targets of each indirect jump to list")]
    public uint Targets { get; init; } = 3;

    [Option("returns", "List returns among the indirect jumps")]
    public bool Returns { get; init; }

    public IReadOnlyList<BranchSite> Sites
    {
        get
        {
            var indirect = new Dictionary<int, Dictionary<ulong, ulong>>();
            foreach (var counts in _targets.Values)
                counts.AddTo(indirect);
            lock (_gate)
                return _sites.AsValueEnumerable().Select((site, number) => Counted(site, indirect.GetValueOrDefault(number))).OrderBy(static site => site.Address).ToArray();
        }
    }

    public override void Install(in GuestInfo guest)
    {
        _counters = Host.NewCounters();
        _trace = Host.NewTraceBuffer<TargetRecord>(Capacity, (vcpu, records) => _targets.GetOrAdd(vcpu.ThreadId, static _ => new TargetCounts()).Count(records));
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            if (insn.ControlFlow is ControlFlow.Next or ControlFlow.System)
                continue;
            var (number, site) = SiteOf(insn);
            if (insn.Target is null)
            {
                insn.AppendOnEdge(EdgeKind.Taken, _trace, number);
                continue;
            }

            insn.AddOnEdge(EdgeKind.Taken, _counters.Entry(site.Counter), 1);
            insn.AddOnEdge(EdgeKind.FallThrough, _counters.Entry(site.Counter + 1), 1);
        }
    }

    public void OnReport(ReportWriter report)
    {
        var sites = Sites;
        var branches = sites.AsValueEnumerable().Where(static site => site is { Kind: ControlFlow.Branch, Executed: > 0 }).OrderByDescending(static site => site.Executed).ThenBy(static site => site.Address).ToArray();
        var (executed, taken) = (Sum(Array.ConvertAll(branches, static site => site.Executed)), Sum(Array.ConvertAll(branches, static site => site.Taken)));
        var places = branches.Length;
        report.Line("summary", $"branches: {executed}, {taken} taken, at {places} places");
        report.Heading("    executed       taken   taken %  address             place and instruction");
        foreach (var site in branches.AsValueEnumerable().Take(Count(Limit)))
            ReportBranch(report, site);
        var jumps = sites.AsValueEnumerable().Where(site => IsListed(site.Kind) && site.Executed > 0).OrderByDescending(static site => site.Executed).ThenBy(static site => site.Address).ToArray();
        report.Heading("    executed     targets  address             place and instruction");
        foreach (var site in jumps.AsValueEnumerable().Take(Count(Limit)))
            ReportIndirect(report, site);
    }

    private void ReportBranch(ReportWriter report, BranchSite site)
    {
        var (address, place, instruction, hits, taken, percent) = (site.Address, PlaceOf(site.Address), site.Text, site.Executed, site.Taken, 100.0 * site.Taken / site.Executed);
        report.Row("branches", $"{hits,12}{taken,12}{percent,10:f2}  0x{address:x16}  {place} {instruction}");
    }

    private void ReportIndirect(ReportWriter report, BranchSite site)
    {
        var (from, place, instruction, hits, targets) = (site.Address, PlaceOf(site.Address), site.Text, site.Executed, site.Targets.Count);
        report.Row("indirect", $"{hits,12}{targets,12}  0x{from:x16}  {place} {instruction}");
        foreach (var (to, times) in site.Targets.AsValueEnumerable().Take(Count(Targets)))
            ReportTarget(report, from, to, times, 100.0 * times / site.Executed);
    }

    private void ReportTarget(ReportWriter report, ulong from, ulong to, ulong times, double percent)
    {
        var target = PlaceOf(to);
        report.Row("targets", $"{times,12}{percent,10:f2} %  0x{from:x16} -> 0x{to:x16}  {target}");
    }

    private bool IsListed(ControlFlow kind) => kind is ControlFlow.IndirectJump or ControlFlow.IndirectCall or ControlFlow.ReturnAndCall || (Returns && kind == ControlFlow.Return);

    private string PlaceOf(ulong address) => Host.SymbolAt(address)?.PlaceOf(address) ?? "";

    private static ulong Sum(ulong[] hits)
    {
        var sum = 0UL;
        foreach (var more in hits)
            sum += more;
        return sum;
    }

    private static int Count(uint limit) => (int)Math.Min(limit, int.MaxValue);

    private BranchSite Counted(Site site, Dictionary<ulong, ulong>? targets)
    {
        if (site.Target is { } target)
        {
            var taken = _counters.Sum(site.Counter);
            return site.Seen with { Taken = taken, NotTaken = _counters.Sum(site.Counter + 1), Targets = taken > 0 ? [(target, taken)] : [] };
        }

        if (targets is null)
            return site.Seen;
        var ordered = targets.AsValueEnumerable().Select(static pair => (Address: pair.Key, Hits: pair.Value)).OrderByDescending(static pair => pair.Hits).ThenBy(static pair => pair.Address).ToArray();
        return site.Seen with { Taken = Sum(ordered.AsValueEnumerable().Select(static pair => pair.Hits).ToArray()), Targets = ordered };
    }

    // Several vCPUs may translate at once, and each place more than once; other code may come to an address.
    private (int Number, Site Site) SiteOf(Instruction insn)
    {
        lock (_gate)
        {
            var key = (insn.Address, insn.Disassemble().Replace('\t', ' '));
            if (_numbers.TryGetValue(key, out var number))
                return (number, _sites[number]);
            number = _sites.Count;
            var counter = insn.Target is null ? -1 : _counters.Add();
            if (counter >= 0)
                _counters.Add();
            var site = new Site(new BranchSite(key.Address, insn.ControlFlow, key.Item2, insn.Symbol ?? ""), insn.Target, counter);
            _sites.Add(site);
            _numbers.Add(key, number);
            return (number, site);
        }
    }

    /// <summary>A site before anything is known of its counts.</summary>
    /// <param name="Seen">What it is.</param>
    /// <param name="Target">Where it goes if it is taken, if that stands in it.</param>
    /// <param name="Counter">The counter for that; the next one counts how often it is not taken.</param>
    private sealed record Site(BranchSite Seen, ulong? Target, int Counter);
}
