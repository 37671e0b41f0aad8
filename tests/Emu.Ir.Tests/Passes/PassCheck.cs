using Emu.Ir.Passes;
using Assert = Xunit.Assert;

namespace Emu.Ir.Tests.Passes;

/// <summary>Shows what a pass makes of a block, as text before and after.</summary>
internal static class PassCheck
{
    /// <summary>Runs the passes and compares the instructions.</summary>
    public static void Rewrites(PassSet passes, string before, string after)
    {
        var block = TestBlocks.Of(before);
        new IrPipeline(passes) { IsVerifying = true }.Run(block);
        Assert.Equal(string.Join('\n', TestBlocks.LinesOf(after)), TestBlocks.BodyOf(block));
    }

    /// <summary>Runs the passes, which must find nothing to do.</summary>
    public static void Keeps(PassSet passes, string body) => Rewrites(passes, body, body);
}
