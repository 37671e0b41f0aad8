using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Lists the blocks that were executed most often.</summary>
/// <remarks>A block is known by its address and its number of instructions, as the same address may begin blocks of different lengths.</remarks>
[EmuPlugin("hotblocks", "Lists the most executed blocks")]
public sealed partial class Hotblocks : Plugin, IOnTranslate, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p hotblocks,limit=10 PROGRAM";

    private readonly Dictionary<(ulong Address, int Instructions), Block> _blocks = [];
    private readonly Lock _gate = new();
    private CounterList _counters = null!;

    [Option("inline", "Count with an inline operation instead of a callback")]
    public bool Inline { get; init; }

    [Option("limit", "How many blocks to list")]
    public uint Limit { get; init; } = 20;

    public override void Install(in GuestInfo guest) => _counters = Host.NewCounters();

    public void OnTranslate(TranslationBlock block)
    {
        var counter = CounterOf(block);
        if (Inline)
            block.AddOnExecute(_counters.Entry(counter), 1);
        else
            block.OnExecute<Callbacks.Executed>(counter);
    }

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint counter) => _counters.Increment(vcpu, counter);

    public void OnReport(ReportWriter report)
    {
        var entries = _blocks.Count;
        report.Line("summary", $"collected {entries} entries in the hash table");
        report.Heading("pc, tcount, icount, ecount, symbol");
        var hottest = _blocks.AsValueEnumerable()
            .Select(block => (Pc: block.Key.Address, Tcount: block.Value.Translations, Icount: block.Key.Instructions, Ecount: _counters.Sum(block.Value.Counter), block.Value.Symbol))
            .OrderByDescending(block => block.Ecount)
            .ThenBy(block => block.Pc)
            .Take((int)Math.Min(Limit, int.MaxValue));
        foreach (var (pc, tcount, icount, ecount, symbol) in hottest)
        {
            if (symbol.Length > 0)
                report.Row("blocks", $"0x{pc:x16}, {tcount}, {icount}, {ecount}, {symbol}");
            else
                report.Row("blocks", $"0x{pc:x16}, {tcount}, {icount}, {ecount}");
        }
    }

    // Several vCPUs may translate at once.
    private int CounterOf(TranslationBlock block)
    {
        lock (_gate)
        {
            var key = (block.Address, block.InstructionCount);
            if (!_blocks.TryGetValue(key, out var known))
                _blocks.Add(key, known = new Block(_counters.Add(), block[0].Symbol ?? ""));
            known.Translations++;
            return known.Counter;
        }
    }

    private sealed class Block(int counter, string symbol)
    {
        /// <summary>The function that it begins in; empty if that is not known.</summary>
        public string Symbol { get; } = symbol;

        public int Counter { get; } = counter;

        public int Translations { get; set; }
    }
}
