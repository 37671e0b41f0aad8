using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Counts executed instructions by class, and the instructions of chosen classes one by one.</summary>
[EmuPlugin("howvec", "Counts executed instructions by class")]
public sealed partial class Howvec : Plugin, IOnTranslate, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p howvec,count=div PROGRAM";

    private readonly Dictionary<(string Class, ulong Opcode), (string Text, int Counter)> _individual = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InstructionClass> _classes = [];
    private CounterList _counters = null!;

    [Option("inline", "Count with inline operations instead of callbacks")]
    public bool Inline { get; init; }

    [Option("verbose", "List also the classes of which nothing was executed")]
    public bool Verbose { get; init; }

    [Option("count", "Count the instructions of a class one by one; with ! before its name, do not count them")]
    public string[] Count { get; init; } = [];

    [Option("limit", "How many single instructions to list")]
    public uint Limit { get; init; } = 50;

    public override void Install(in GuestInfo guest)
    {
        _counters = Host.NewCounters();
        foreach (var (name, summary) in guest.InstructionClasses)
            _classes.Add(name, new(summary, _counters.Add()));
        foreach (var choice in Count)
        {
            if (!_classes.TryGetValue(choice.TrimStart('!'), out var chosen))
                throw new PluginInstallException($"option 'count' does not take '{choice}'; allowed: {string.Join(", ", _classes.Keys)}, or one of them behind '!'");
            chosen.How = choice.StartsWith('!') ? Counting.None : Counting.Individual;
        }
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            var counter = CounterOf(insn);
            if (counter < 0)
                continue;
            if (Inline)
                insn.AddOnExecute(_counters.Entry(counter), 1);
            else
                insn.OnExecute<Callbacks.Executed>(counter);
        }
    }

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint counter) => _counters.Increment(vcpu, counter);

    public void OnReport(ReportWriter report)
    {
        var insns = 0UL;
        foreach (var counted in _classes.Values)
            insns += counted.Hits = _counters.Sum(counted.Counter);
        foreach (var (_, counter) in _individual.Values)
            insns += _counters.Sum(counter);
        report.Heading("Instruction Classes:");
        foreach (var counted in _classes.Values)
            Report(counted, insns, report);
        report.Line("total", $"Total: {insns} instructions");
        if (_individual.Count > 0)
            ReportIndividual(insns, report);
    }

    private void ReportIndividual(ulong insns, ReportWriter report)
    {
        report.Heading("Individual Instructions:");
        var most = _individual.AsValueEnumerable()
            .Select(pair => (Instruction: pair.Value.Text, Hits: _counters.Sum(pair.Value.Counter), pair.Key.Opcode, pair.Key.Class))
            .OrderByDescending(insn => insn.Hits)
            .ThenBy(insn => insn.Opcode)
            .Take((int)Math.Min(Limit, int.MaxValue));
        foreach (var (instruction, hits, opcode, @class) in most)
        {
            var percent = PercentOf(hits, insns);
            report.Row("instructions", $"Instr: {instruction,-24}\t({hits} hits)\t(op=0x{opcode:x8}/{@class})\t{percent:f2} %");
        }
    }

    private void Report(InstructionClass counted, ulong insns, ReportWriter report)
    {
        var (summary, hits, percent) = (counted.Summary, counted.Hits, PercentOf(counted.Hits, insns));
        if (counted.How == Counting.Individual)
            report.Heading($"Class: {summary,-24}\tcounted individually");
        else if (counted.How == Counting.None)
            report.Heading($"Class: {summary,-24}\tnot counted");
        else if (hits > 0 || Verbose)
            report.Row("classes", $"Class: {summary,-24}\t({hits} hits)\t{percent:f2} %");
    }

    private static double PercentOf(ulong hits, ulong insns) => insns == 0 ? 0 : 100.0 * hits / insns;

    /// <summary>The counter of an instruction; -1 if its class is not counted.</summary>
    private int CounterOf(Instruction insn)
    {
        var counted = _classes[insn.Class];
        if (counted.How == Counting.None)
            return -1;
        if (counted.How == Counting.Class)
            return counted.Counter;
        lock (_gate)
        {
            var key = (counted.Summary, insn.Opcode);
            if (!_individual.TryGetValue(key, out var known))
                _individual.Add(key, known = (insn.Disassemble(), _counters.Add()));
            return known.Counter;
        }
    }

    private enum Counting
    {
        Class,
        Individual,
        None,
    }

    private sealed record InstructionClass(string Summary, int Counter)
    {
        public Counting How { get; set; }

        /// <summary>Executed instructions, known at the end.</summary>
        public ulong Hits { get; set; }
    }
}
