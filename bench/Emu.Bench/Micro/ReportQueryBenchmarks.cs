using BenchmarkDotNet.Attributes;
using ZLinq;

namespace Emu.Bench.Micro;

/// <summary>The query of the report of <c>hotblocks</c> over 100,000 blocks, its rows counted: as the plugin has it, and the same with System.Linq.</summary>
[MemoryDiagnoser]
public class ReportQueryBenchmarks
{
    private const int Blocks = 100_000;
    private const int Limit = 20;

    private readonly Dictionary<(ulong Address, int Instructions), Block> _blocks = [];
    private readonly ulong[] _executions = new ulong[Blocks];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        for (var i = 0; i < Blocks; i++)
        {
            _blocks.Add((0x10000 + 24 * (ulong)i, random.Next(1, 40)), new Block(i, 1));
            _executions[i] = (ulong)(1 / (1 - random.NextDouble()));
        }
    }

    [Benchmark(Baseline = true)]
    public ulong Linq()
    {
        var hottest = _blocks
            .Select(block => (Pc: block.Key.Address, Tcount: block.Value.Translations, Icount: block.Key.Instructions, Ecount: _executions[block.Value.Counter]))
            .OrderByDescending(block => block.Ecount)
            .ThenBy(block => block.Pc)
            .Take(Limit);
        var sum = 0UL;
        foreach (var (pc, _, _, ecount) in hottest)
            sum += pc + ecount;
        return sum;
    }

    [Benchmark]
    public ulong ZLinq()
    {
        var hottest = _blocks.AsValueEnumerable()
            .Select(block => (Pc: block.Key.Address, Tcount: block.Value.Translations, Icount: block.Key.Instructions, Ecount: _executions[block.Value.Counter]))
            .OrderByDescending(block => block.Ecount)
            .ThenBy(block => block.Pc)
            .Take(Limit);
        var sum = 0UL;
        foreach (var (pc, _, _, ecount) in hottest)
            sum += pc + ecount;
        return sum;
    }

    private sealed record Block(int Counter, int Translations);
}
