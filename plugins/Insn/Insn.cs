using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Counts executed instructions, also by size, and follows those whose disassembly begins with given texts.</summary>
[EmuPlugin("insn", "Counts executed instructions")]
public sealed partial class Insn : Plugin, IOnTranslate, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p insn,match=amo PROGRAM";

    private const int LongestInstruction = 16;

    private readonly Dictionary<(ulong Address, string Text, Match Match), int> _numbers = [];
    private readonly Lock _gate = new();
    private volatile MatchedInstruction[] _matched = [];
    private Match[] _matches = [];
    private Scoreboard<ulong> _insns = null!;
    private CounterList _sizes = null!;
    private CounterList _hits = null!;

    [Option("inline", "Count with inline operations instead of callbacks")]
    public bool Inline { get; init; }

    [Option("sizes", "Count by the size of instructions")]
    public bool Sizes { get; init; }

    [Option("match", "Follow the instructions whose disassembly begins with this text")]
    public string[] Prefixes { get; init; } = [];

    [Option("trace", "Log each execution of an instruction that is followed")]
    public bool Trace { get; init; }

    public override void Install(in GuestInfo guest)
    {
        _insns = Host.NewScoreboard<ulong>();
        _hits = Host.NewCounters();
        _sizes = Host.NewCounters();
        for (var size = 0; size <= LongestInstruction; size++)
            _sizes.Add();
        _matches = Array.ConvertAll(Prefixes, prefix => new Match(prefix, Host.NewScoreboard<MatchCounts>()));
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            CountExecutions(insn);
            if (_matches.Length > 0)
                FollowIfMatched(insn);
        }
    }

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint userData) => _insns[vcpu]++;

    [ExecCallback]
    private void ExecutedOfSize(in VCpu vcpu, nint size)
    {
        _insns[vcpu]++;
        _sizes.Increment(vcpu, size);
    }

    [ExecCallback]
    private void ExecutedMatch(in VCpu vcpu, nint number)
    {
        var insn = _matched[number];
        ref var counts = ref insn.Match.Counts[vcpu];
        var sinceLast = _insns[vcpu] - counts.LastHit;
        counts.Hits++;
        counts.TotalDelta += sinceLast;
        counts.LastHit = _insns[vcpu];
        _hits.Increment(vcpu, number);
        if (Trace)
            Host.Log($"0x{insn.Address:x}, '{insn.Text}', {_hits.Sum((int)number)} hits , cpu {vcpu.Index}, {counts.Hits} match hits, Δ+{sinceLast} since last match, {counts.TotalDelta / counts.Hits} avg insns/match");
    }

    public void OnReport(ReportWriter report)
    {
        if (Sizes)
            ReportSizes(report);
        else
            ReportCounts(report);
        var insns = _insns.Entry().Sum();
        report.Line("total", $"total insns: {insns}");
        foreach (var match in _matches)
            ReportMatch(match, report);
    }

    private void CountExecutions(Instruction insn)
    {
        if (Inline)
        {
            insn.AddOnExecute(_insns.Entry(), 1);
            if (Sizes)
                insn.AddOnExecute(_sizes.Entry(insn.Size), 1);
        }
        else if (Sizes)
        {
            insn.OnExecute<Callbacks.ExecutedOfSize>(insn.Size);
        }
        else
        {
            insn.OnExecute<Callbacks.Executed>();
        }
    }

    private void FollowIfMatched(Instruction insn)
    {
        var text = insn.Disassemble();
        foreach (var match in _matches)
            if (text.StartsWith(match.Prefix, StringComparison.Ordinal))
                insn.OnExecute<Callbacks.ExecutedMatch>(NumberOf(insn.Address, text, match));
    }

    // An instruction that is translated again, or by several vCPUs at once, keeps its number.
    private int NumberOf(ulong address, string text, Match match)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue((address, text, match), out var number))
                return number;
            number = _hits.Add();
            var matched = _matched;
            if (number == matched.Length)
                Array.Resize(ref matched, Math.Max(16, number * 2));
            matched[number] = new MatchedInstruction(address, text, match);
            _matched = matched;
            _numbers.Add((address, text, match), number);
            return number;
        }
    }

    private void ReportSizes(ReportWriter report)
    {
        for (var size = 1; size <= LongestInstruction; size++)
            if (_sizes.Sum(size) is var insns and > 0)
                report.Row("sizes", $"len {size} bytes: {insns} insns");
    }

    private void ReportCounts(ReportWriter report)
    {
        for (var cpu = 0; cpu < Host.VCpuCount; cpu++)
        {
            var insns = _insns[cpu];
            report.Row("cpus", $"cpu {cpu} insns: {insns}");
        }
    }

    private void ReportMatch(Match match, ReportWriter report)
    {
        var total = match.Counts.Entry(static (ref MatchCounts counts) => ref counts.Hits).Sum();
        report.Row("matches", $"Match: {match.Prefix}, hits {total}");
        foreach (var (key, number) in _numbers.AsValueEnumerable().Where(pair => pair.Key.Match == match).OrderBy(pair => pair.Key.Address))
        {
            var (address, text, hits) = (key.Address, key.Text, _hits.Sum(number));
            report.Row("matched", $"  {address:x}: {text} (hits {hits})");
        }
    }

    private sealed record Match(string Prefix, Scoreboard<MatchCounts> Counts);

    private sealed record MatchedInstruction(ulong Address, string Text, Match Match);

    private struct MatchCounts
    {
        public ulong Hits;
        public ulong LastHit;
        public ulong TotalDelta;
    }
}
