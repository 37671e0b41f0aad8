using Emu.Ir.Float;
using TUnit.Assertions.Enums;

namespace Emu.Ir.Tests.Float;

public sealed class FloatEvaluatorTests
{
    [Test]
    public async Task AnswersExactlyTheFloatOps()
    {
        uint flags = 0;
        var answered = Enum.GetValues<IrOp>().Where(op => FloatEvaluator.TryEvaluate(op, 8, IrRounding.NearestEven, 0, 0, 0, ref flags, out _));
        var named = Enum.GetValues<IrOp>().Where(op => op.ToString().StartsWith("Float", StringComparison.Ordinal));
        await Assert.That(answered).IsEquivalentTo(named, CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(16)]
    public async Task ThereAreNoOtherSizes(int size)
    {
        uint flags = 0;
        await Assert.That(FloatEvaluator.TryEvaluate(IrOp.FloatAdd, size, IrRounding.NearestEven, 0, 0, 0, ref flags, out var value)).IsFalse();
        await Assert.That(value).IsEqualTo(0UL);
    }
}
