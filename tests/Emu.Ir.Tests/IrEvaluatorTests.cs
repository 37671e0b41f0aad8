namespace Emu.Ir.Tests;

/// <summary>Values where hardware and manuals differ from what C# would do. Unpriv. ISA 13.2, 4.2.</summary>
public class IrEvaluatorTests
{
    private const ulong Min = 0x8000000000000000;

    [Test]
    [Arguments(IrOp.DivSigned, 7, 0, ulong.MaxValue)]
    [Arguments(IrOp.DivSigned, Min, ulong.MaxValue, Min)]
    [Arguments(IrOp.DivSigned, ulong.MaxValue - 6, 2, ulong.MaxValue - 2)]
    [Arguments(IrOp.RemSigned, 7, 0, 7)]
    [Arguments(IrOp.RemSigned, Min, ulong.MaxValue, 0)]
    [Arguments(IrOp.RemSigned, ulong.MaxValue - 6, 2, ulong.MaxValue)]
    [Arguments(IrOp.DivUnsigned, 7, 0, ulong.MaxValue)]
    [Arguments(IrOp.RemUnsigned, 7, 0, 7)]
    [Arguments(IrOp.DivSigned32, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFF80000000)]
    [Arguments(IrOp.DivSigned32, 7, 0x100000000, ulong.MaxValue)]
    [Arguments(IrOp.RemSigned32, 0x80000000, 0, 0xFFFFFFFF80000000)]
    [Arguments(IrOp.DivUnsigned32, 0xFFFFFFFF, 1, ulong.MaxValue)]
    [Arguments(IrOp.RemUnsigned32, 0xFFFFFFFF, 0, ulong.MaxValue)]
    [Arguments(IrOp.MulHighSigned, ulong.MaxValue, ulong.MaxValue, 0)]
    [Arguments(IrOp.MulHighUnsigned, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue - 1)]
    [Arguments(IrOp.MulHighSignedUnsigned, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue)]
    [Arguments(IrOp.Shl, 1, 65, 2)]
    [Arguments(IrOp.Shl32, 1, 31, 0xFFFFFFFF80000000)]
    [Arguments(IrOp.Shr32, 0xFFFFFFFF80000000, 31, 1)]
    [Arguments(IrOp.Sar32, 0x80000000, 31, ulong.MaxValue)]
    [Arguments(IrOp.Add32, 0x7FFFFFFF, 1, 0xFFFFFFFF80000000)]
    [Arguments(IrOp.SetLessSigned, Min, 0, 1)]
    [Arguments(IrOp.SetLessUnsigned, Min, 0, 0)]
    [Arguments(IrOp.ZeroExtend32, ulong.MaxValue, 0, 0xFFFFFFFF)]
    [Arguments(IrOp.SignExtend16, 0x8000, 0, 0xFFFFFFFFFFFF8000)]
    [Arguments(IrOp.NanUnbox, 0xFFFFFFFE3F800000, 0, 0x7FC00000)]
    [Arguments(IrOp.NanUnbox, 0xFFFFFFFF3F800000, 0, 0x3F800000)]
    public async Task EdgeCasesHaveTheirValue(IrOp op, ulong a, ulong b, ulong expected)
    {
        await Assert.That(IrEvaluator.TryEvaluate(op, a, b, 0, out var value)).IsTrue();
        await Assert.That($"0x{value:x}").IsEqualTo($"0x{expected:x}");
    }

    [Test]
    public async Task HighHalvesOfProductsAreThoseOf128Bits()
    {
        var random = new Random(3);
        ulong[] edges = [0, 1, 0xFFFFFFFF, 0x100000000, Min - 1, Min, Min + 1, ulong.MaxValue];
        for (var sample = 0; sample < 2000; sample++)
        {
            var a = sample < 64 ? edges[sample / 8] : (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            var b = sample < 64 ? edges[sample % 8] : (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            await Assert.That(IrArithmetic.MulHighUnsigned(a, b)).IsEqualTo((ulong)(((UInt128)a * b) >> 64));
            await Assert.That(IrArithmetic.MulHighSigned(a, b)).IsEqualTo((ulong)(((Int128)(long)a * (long)b) >> 64));
            await Assert.That(IrArithmetic.MulHighSignedUnsigned(a, b)).IsEqualTo((ulong)(((Int128)(long)a * (Int128)b) >> 64));
        }
    }

    [Test]
    public async Task SelectTakesItsSecondOperandUnlessTheFirstIsZero()
    {
        await Assert.That(IrEvaluator.TryEvaluate(IrOp.Select, Min, 3, 4, out var chosen)).IsTrue();
        await Assert.That(IrEvaluator.TryEvaluate(IrOp.Select, 0, 3, 4, out var other)).IsTrue();
        await Assert.That(((ulong, ulong))(chosen, other)).IsEqualTo((3UL, 4UL));
    }

    [Test]
    public async Task OnlyPureIntegerOpsHaveAValue()
    {
        foreach (var op in Enum.GetValues<IrOp>())
            if (IrEvaluator.TryEvaluate(op, 1, 1, 1, out _))
                await Assert.That(op.Has(IrProperties.Pure) && !op.Has(IrProperties.Flags)).IsTrue().Because(op.ToString());
        await Assert.That(IrEvaluator.TryEvaluate(IrOp.Load, 0, 0, 0, out _)).IsFalse();
    }

    [Test]
    public async Task CommutativeOpsCommute()
    {
        foreach (var op in Enum.GetValues<IrOp>().Where(op => op.Has(IrProperties.Commutative)))
        {
            await Assert.That(IrEvaluator.TryEvaluate(op, 0x8000000180000003, 7, 0, out var value)).IsTrue();
            await Assert.That(IrEvaluator.TryEvaluate(op, 7, 0x8000000180000003, 0, out var exchanged)).IsTrue();
            await Assert.That(((IrOp op, ulong))(op, exchanged)).IsEqualTo((op, value));
        }
    }

    [Test]
    [Arguments(IrCondition.Equal, false, false, true)]
    [Arguments(IrCondition.LessSigned, true, false, false)]
    [Arguments(IrCondition.LessUnsigned, false, true, false)]
    public async Task ConditionsHoldAndTheirInversesDoNot(IrCondition condition, bool below, bool above, bool same)
    {
        foreach (var (a, b, holds) in ((ulong, ulong, bool)[])[(Min, 1, below), (1, Min, above), (Min, Min, same)])
        {
            await Assert.That(condition.Holds(a, b)).IsEqualTo(holds);
            await Assert.That(condition.Inverse().Holds(a, b)).IsEqualTo(!holds);
            await Assert.That(condition.Inverse().Inverse()).IsEqualTo(condition);
        }
    }
}
