using Emu.Ir.Passes;

namespace Emu.Ir.Tests.Passes;

/// <summary>Shows what a pass makes of a block, as text before and after.</summary>
internal static class PassCheck
{
    /// <summary>Runs the passes and compares the instructions.</summary>
    public static async Task Rewrites(PassSet passes, string before, string after)
    {
        var block = TestBlocks.Of(before);
        new IrPipeline(passes) { IsVerifying = true }.Run(block);
        await Assert.That(TestBlocks.BodyOf(block)).IsEqualTo(string.Join('\n', TestBlocks.LinesOf(after)));
    }

    /// <summary>Runs the passes, which must find nothing to do.</summary>
    public static async Task Keeps(PassSet passes, string body) => await Rewrites(passes, body, body);
}
