using Emu.Ir;
using Emu.Ir.Passes;
using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Backend.Tests.Differential;

/// <summary>Random IR blocks end in the same state in the reference interpreter and in the backend, whatever the passes.</summary>
public sealed class RandomBlockTests : IDisposable
{
    /// <summary>So many blocks hold every op.</summary>
    private const int BlocksWithEveryOp = 400;

    private static readonly unsafe int[] Helpers = [IrHelpers.Register("test_exchange", &Exchange)];

    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    public static IEnumerable<PassSet> Sets() =>
    [
        PassSet.None,
        PassSet.All,
        .. IrPasses.Names.Select(Parse),
        .. IrPasses.Names.Select(name => PassSet.All & ~Parse(name)),
    ];

    [Test]
    [MethodDataSource(nameof(Sets))]
    public void Random_blocks_end_in_the_same_state(PassSet passes)
    {
        var (pipeline, block, options) = (new IrPipeline(passes) { IsVerifying = true }, new IrBlock(), Options);
        foreach (var seed in RandomSeeds.Of((int)passes))
        {
            new RandomBlock(new Random(seed), options).Fill(block);
            _comparison.Check(block, new StartState(seed, options), pipeline, $"seed {seed}");
        }
    }

    [Test]
    [Arguments(PassSet.None)]
    [Arguments(PassSet.All)]
    public void A_dynamic_rounding_mode_that_does_not_exist_traps(PassSet passes)
    {
        var (pipeline, block, options) = (new IrPipeline(passes), new IrBlock(), Options with { Ops = RandomOps.Float | RandomOps.Memory });
        foreach (var seed in RandomSeeds.Of(0))
        {
            new RandomBlock(new Random(seed), options).Fill(block);
            var start = new StartState(seed, options) { RoundingMode = (uint)(5 + seed % 3) };
            _comparison.Check(block, start, pipeline, $"seed {seed}");
        }
    }

    [Test]
    public async Task Random_blocks_hold_every_op()
    {
        var (block, options, seen) = (new IrBlock(), Options, new HashSet<IrOp>());
        for (var seed = 0; seed < BlocksWithEveryOp; seed++)
        {
            new RandomBlock(new Random(seed), options).Fill(block);
            foreach (ref readonly var insn in block.Insns)
                seen.Add(insn.Op);
        }

        await Assert.That(string.Join(", ", Enum.GetValues<IrOp>().Except(seen))).IsEqualTo("");
    }

    private static RandomBlockOptions Options => new()
    {
        Ops = RandomOps.All,
        MemoryStart = StartState.MemoryStart,
        MemorySize = StartState.MemorySize,
        Helpers = Helpers,
        ScoreboardEntry = Scoreboards.Address,
        Trace = Traces.Layout,
    };

    private static PassSet Parse(string name) => IrPasses.TryParse(name, out var pass) ? pass : throw new ArgumentException(name);

    /// <summary>A helper that reads and writes registers that the IR does not name.</summary>
    private static unsafe ulong Exchange(void* state, ulong a, ulong b)
    {
        var registers = (ulong*)((byte*)state + IrGlobals.FirstRegister);
        var old = registers[a % 8];
        registers[b % 8] += a;
        return old;
    }
}
