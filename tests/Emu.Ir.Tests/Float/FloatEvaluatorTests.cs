using Emu.Ir.Float;
using Assert = Xunit.Assert;

namespace Emu.Ir.Tests.Float;

public sealed class FloatEvaluatorTests
{
    [Test]
    public void AnswersExactlyTheFloatOps()
    {
        uint flags = 0;
        var answered = Enum.GetValues<IrOp>().Where(op => FloatEvaluator.TryEvaluate(op, 8, IrRounding.NearestEven, 0, 0, 0, ref flags, out _));
        var named = Enum.GetValues<IrOp>().Where(op => op.ToString().StartsWith("Float", StringComparison.Ordinal));
        Assert.Equal(named, answered);
    }

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(16)]
    public void ThereAreNoOtherSizes(int size)
    {
        uint flags = 0;
        Assert.False(FloatEvaluator.TryEvaluate(IrOp.FloatAdd, size, IrRounding.NearestEven, 0, 0, 0, ref flags, out var value));
        Assert.Equal(0UL, value);
    }
}
