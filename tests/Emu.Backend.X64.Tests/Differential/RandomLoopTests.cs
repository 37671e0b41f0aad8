using Emu.Ir;
using Emu.Ir.Passes;
using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Backend.Tests.Differential;

/// <summary>Random loops, of which one round runs, end in the same state in the reference interpreter and as machine code.</summary>
public sealed class RandomLoopTests : IDisposable
{
    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    /// <summary>A round of a loop, which may have registers elsewhere than other code has them, is left at its end, at a way out, or by a fault.</summary>
    [Test]
    [Arguments(PassSet.None, RandomOps.Memory)]
    [Arguments(PassSet.All, RandomOps.Memory)]
    [Arguments(PassSet.None, RandomOps.Memory | RandomOps.Float | RandomOps.Atomics)]
    [Arguments(PassSet.All, RandomOps.Memory | RandomOps.Float | RandomOps.Atomics)]
    public void Rounds_of_random_loops_end_in_the_same_state(PassSet passes, RandomOps ops)
    {
        var (pipeline, block, options) = (new IrPipeline(passes) { IsVerifying = true }, new IrBlock(), new RandomBlockOptions { Ops = ops, MemoryStart = StartState.MemoryStart, MemorySize = StartState.MemorySize });
        foreach (var seed in RandomSeeds.Of(0, times: 4))
        {
            new RandomBlock(new Random(seed), options).Fill(block);
            block.Truncate(block.Count - 1);
            block.IsTrace = true;
            block.Append(IrOp.Jump).Imm = (long)block.Pc;
            _comparison.Check(block, new StartState(seed, options) { Budget = 0 }, pipeline, $"seed {seed}");
        }
    }
}
