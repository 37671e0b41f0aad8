using Emu.Ir.Passes;
using Emu.Ir.Reference.RandomBlocks;
using Assert = Xunit.Assert;

namespace Emu.Ir.Tests.Passes;

public class IrPipelineTests
{
    private const string Reducible = """
        %0 = Mov a1
        %1 = Add %0, 0x10
        %2 = Shl %0, 0x20
        %3 = Shr %2, 0x20
        a2 = Add %3, 0x0
        a2 = Load.8 [%1]
        %4 = SetEqual a2, a3
        Branch.ne %4, 0x0, 0x3000
        """;

    [Test]
    public void WithoutPassesABlockStaysAsItIs() => PassCheck.Keeps(PassSet.None, Reducible);

    [Test]
    public void PassesBuildOnEachOther() => PassCheck.Rewrites(
        PassSet.All,
        Reducible,
        """
        a2 = ZeroExtend32 a1
        a2 = Load.8 [a1 + 0x10]
        Branch.eq a2, a3, 0x3000
        """);

    [Test]
    public void OnePipelineServesBlockAfterBlock()
    {
        var pipeline = new IrPipeline { IsVerifying = true };
        foreach (var expected in (string[])["a0 = Mov 0x2", "a0 = Mov 0x3", "a0 = Mov 0x4"])
        {
            var block = TestBlocks.Of($"%5 = Sub a1, a1\na7 = Mov a2\n{expected}");
            pipeline.Run(block);
            Assert.Equal($"a7 = Mov a2\n{expected}", TestBlocks.BodyOf(block));
            // Nothing known of a7 in this block may be believed in the next one.
            block = TestBlocks.Of("a3 = Add a7, a7");
            pipeline.Run(block);
            Assert.Equal("a3 = Add a7, a7", TestBlocks.BodyOf(block));
        }
    }

    [Test]
    public void VerificationNamesTheSweepThatGotAnInvalidBlock()
    {
        var block = new IrBlock();
        block.Reset(0x1000);
        var error = Assert.Throws<InvalidIrException>(() => new IrPipeline { IsVerifying = true }.Run(block));
        Assert.StartsWith("before the passes", error.Message);
    }

    [Test]
    public void NothingIsAllocatedOnceTheTablesHaveGrown()
    {
        var blocks = new IrBlock[64];
        var pipeline = new IrPipeline();
        RunAll(blocks, pipeline);
        for (var index = 0; index < blocks.Length; index++)
            Fill(blocks[index], index);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var block in blocks)
            pipeline.Run(block);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void RunAll(IrBlock[] blocks, IrPipeline pipeline)
    {
        for (var index = 0; index < blocks.Length; index++)
        {
            blocks[index] = new IrBlock();
            Fill(blocks[index], index);
            pipeline.Run(blocks[index]);
        }
    }

    private static void Fill(IrBlock block, int seed) =>
        new RandomBlock(new Random(seed), new RandomBlockOptions { MaxInstructions = 60 }).Fill(block);
}
