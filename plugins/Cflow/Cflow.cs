using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Lists the instructions from which the program went on elsewhere than behind them, with where to; also those that failed and whose signal was handled.</summary>
[EmuPlugin("cflow", "Lists where the program branched, to where, and where instructions failed")]
[Needs<IBranchCounts>]
public sealed partial class Cflow : Plugin, IOnDiscontinuity, IOnReport
{
    private const int Listed = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<(ulong From, ulong To), ulong> _exits = [];
    private IBranchCounts _branches = null!;

    public static PluginTopic Topic => PluginTopic.Execution;

    public static string Example => "-p cflow,sort=early PROGRAM";

    [Option("sort", "What comes first: the most branches, the most early exits, or the most destinations")]
    public CflowSort Sort { get; init; } = CflowSort.Hottest;

    public override void Install(in GuestInfo guest) => _branches = Host.Service<IBranchCounts>();

    public void OnDiscontinuity(in VCpu vcpu, in Discontinuity discontinuity)
    {
        if (discontinuity.Kind != DiscontinuityKind.Exception)
            return;
        lock (_gate)
        {
            var way = (discontinuity.From, discontinuity.To);
            _exits[way] = _exits.GetValueOrDefault(way) + 1;
        }
    }

    public void OnReport(ReportWriter report)
    {
        var sites = _branches.Sites;
        var nodes = sites.Count;
        report.Line("summary", $"collected {nodes} control flow nodes in the hash table");
        var all = sites.AsValueEnumerable().Where(static site => site.Taken > 0).Select(static site => new CflowNode(site.Address, site.Symbol, site.Text, 0, site.Targets)).Concat(Failed()).ToArray();
        foreach (var node in Sorted(all).AsValueEnumerable().Take(Listed))
            Report(report, node);
    }

    private static void Report(ReportWriter report, CflowNode node)
    {
        var (addr, symbol, instruction, type, branches) = (node.Address, node.Symbol, node.Text, node.EarlyExits > 0 ? "sync fault" : "branch", node.Branches);
        report.Row("nodes", $"  addr: 0x{addr:x} {symbol}: {instruction} ({type})");
        if (node.EarlyExits > 0)
        {
            var exits = node.EarlyExits;
            report.Row("exits", $"    early exits {exits}");
        }

        report.Row("branches", $"    branches {branches}");
        foreach (var (to, hits) in node.Targets)
            report.Row("destinations", $"      to 0x{to:x} ({hits})");
    }

    /// <summary>The instructions that failed; a handler is where the program went from them.</summary>
    private CflowNode[] Failed()
    {
        lock (_gate)
            return _exits.AsValueEnumerable().GroupBy(static exit => exit.Key.From).Select(group =>
            {
                var targets = group.AsValueEnumerable().Select(static exit => (exit.Key.To, exit.Value)).OrderBy(static target => target.To).ToArray();
                var exits = targets.AsValueEnumerable().Select(static target => target.Value).Aggregate(0UL, static (sum, hits) => sum + hits);
                return new CflowNode(group.Key, Host.SymbolAt(group.Key)?.Name ?? "", "", exits, targets);
            }).ToArray();
    }

    private CflowNode[] Sorted(CflowNode[] nodes) => (Sort switch
    {
        CflowSort.Early => nodes.AsValueEnumerable().OrderByDescending(static node => node.EarlyExits),
        CflowSort.Exceptions => nodes.AsValueEnumerable().OrderByDescending(static node => (ulong)node.Targets.Count),
        _ => nodes.AsValueEnumerable().OrderByDescending(static node => node.Branches),
    }).ThenBy(static node => node.Address).ToArray();
}
