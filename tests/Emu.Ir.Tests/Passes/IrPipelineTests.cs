using Emu.Ir.Passes;
using Emu.Ir.Reference.RandomBlocks;

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
    public async Task WithoutPassesABlockStaysAsItIs() => await PassCheck.Keeps(PassSet.None, Reducible);

    [Test]
    public async Task PassesBuildOnEachOther() => await PassCheck.Rewrites(
        PassSet.All,
        Reducible,
        """
        a2 = ZeroExtend32 a1
        a2 = Load.8 [a1 + 0x10]
        Branch.eq a2, a3, 0x3000
        """);

    [Test]
    public async Task OnePipelineServesBlockAfterBlock()
    {
        var pipeline = new IrPipeline { IsVerifying = true };
        foreach (var expected in (string[])["a0 = Mov 0x2", "a0 = Mov 0x3", "a0 = Mov 0x4"])
        {
            var block = TestBlocks.Of($"%5 = Sub a1, a1\na7 = Mov a2\n{expected}");
            pipeline.Run(block);
            await Assert.That(TestBlocks.BodyOf(block)).IsEqualTo($"a7 = Mov a2\n{expected}");
            // Nothing known of a7 in this block may be believed in the next one.
            block = TestBlocks.Of("a3 = Add a7, a7");
            pipeline.Run(block);
            await Assert.That(TestBlocks.BodyOf(block)).IsEqualTo("a3 = Add a7, a7");
        }
    }

    [Test]
    public async Task VerificationNamesTheSweepThatGotAnInvalidBlock()
    {
        var block = new IrBlock();
        block.Reset(0x1000);
        var error = Assert.ThrowsExactly<InvalidIrException>(() => new IrPipeline { IsVerifying = true }.Run(block));
        await Assert.That(error.Message).StartsWith("before the passes");
    }

    [Test]
    public async Task NothingIsAllocatedOnceTheTablesHaveGrown()
    {
        var blocks = new IrBlock[64];
        var pipeline = new IrPipeline();
        RunAll(blocks, pipeline);
        for (var index = 0; index < blocks.Length; index++)
            Fill(blocks[index], index);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var block in blocks)
            pipeline.Run(block);
        await Assert.That(GC.GetAllocatedBytesForCurrentThread()).IsEqualTo(before);
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
