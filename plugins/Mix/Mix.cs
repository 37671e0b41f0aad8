using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Tells which kinds of instructions were executed how often, in all or in each function.</summary>
[EmuPlugin("mix", "Tells what kinds of instructions were executed, by function if wanted")]
public sealed partial class Mix : Plugin, IOnTranslate, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p mix,by=class,functions PROGRAM";

    private readonly Dictionary<(string Function, string Kind), int> _counterOf = [];
    private readonly Lock _gate = new();
    private CounterList _counters = null!;

    [Option("by", "What instructions are told apart by")]
    public MixKind By { get; init; } = MixKind.Extension;

    [Option("functions", "Tell them apart by function, too")]
    public bool Functions { get; init; }

    [Option("limit", "How many rows to list at most, the largest; 0 for all")]
    public uint Limit { get; init; }

    public override void Install(in GuestInfo guest) => _counters = Host.NewCounters();

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            insn.AddOnExecute(_counters.Entry(CounterOf(insn)), 1);
    }

    public void OnReport(ReportWriter report)
    {
        var rows = _counterOf.AsValueEnumerable()
            .Select(pair => (pair.Key.Function, pair.Key.Kind, Insns: _counters.Sum(pair.Value)))
            .Where(static row => row.Insns > 0)
            .OrderByDescending(static row => row.Insns)
            .ThenBy(static row => row.Function, StringComparer.Ordinal)
            .ThenBy(static row => row.Kind, StringComparer.Ordinal)
            .ToArray();
        var total = 0UL;
        foreach (var row in rows)
            total += row.Insns;
        report.Heading(Functions ? "insns, share, kind, function" : "insns, share, kind");
        foreach (var (function, kind, insns) in Limit == 0 ? rows : rows.AsSpan(0, (int)Math.Min(Limit, rows.Length)))
        {
            var percent = 100.0 * insns / total;
            if (Functions)
                report.Row("kinds", $"{insns,12} {percent,6:f2} % {kind,-12} {function}");
            else
                report.Row("kinds", $"{insns,12} {percent,6:f2} % {kind}");
        }

        report.Line("total", $"{total,12} instructions");
    }

    // Several vCPUs may translate at once.
    private int CounterOf(Instruction insn)
    {
        var kind = By switch
        {
            MixKind.Class => insn.Class,
            MixKind.Mnemonic => insn.Mnemonic,
            _ => insn.Extension,
        };
        var key = (Functions ? insn.Symbol ?? "?" : "", kind);
        lock (_gate)
        {
            if (!_counterOf.TryGetValue(key, out var counter))
                _counterOf.Add(key, counter = _counters.Add());
            return counter;
        }
    }
}
