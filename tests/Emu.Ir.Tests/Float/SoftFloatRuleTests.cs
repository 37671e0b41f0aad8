using Emu.Ir.Float;

namespace Emu.Ir.Tests.Float;

/// <summary>The rules that are easily got wrong, one vector each, worked out by hand from the manual.</summary>
public sealed class SoftFloatRuleTests
{
    private const uint NX = FloatFlags.Inexact, UF = FloatFlags.Underflow, OF = FloatFlags.Overflow;
    private const uint DZ = FloatFlags.DivideByZero, NV = FloatFlags.Invalid;

    [Test]
    // Zero times infinity is invalid whatever is added (Unpriv. ISA 20.6).
    [Arguments("MulAdd 8 0 0 7ff0000000000000 7ff8000000000000", 0x7ff8000000000000, NV)]
    [Arguments("MulAdd 4 0 ff800000 80000000 7fc00000", 0x7fc00000, NV)]
    // A quiet NaN passes without a flag and loses its payload and sign.
    [Arguments("Add 8 0 fff8000000000123 3ff0000000000000 0", 0x7ff8000000000000, 0)]
    [Arguments("Add 4 0 7f800001 3f800000 0", 0x7fc00000, NV)]
    // Infinity minus infinity; infinity times zero; zero by zero; a root of a negative number.
    [Arguments("Sub 8 0 7ff0000000000000 7ff0000000000000 0", 0x7ff8000000000000, NV)]
    [Arguments("Mul 8 0 7ff0000000000000 8000000000000000 0", 0x7ff8000000000000, NV)]
    [Arguments("Div 8 0 0 8000000000000000 0", 0x7ff8000000000000, NV)]
    [Arguments("Sqrt 4 0 80000001 0 0", 0x7fc00000, NV)]
    [Arguments("Sqrt 4 0 80000000 0 0", 0x80000000, 0)]
    // A finite number by zero; infinity by zero raises nothing.
    [Arguments("Div 8 0 bff0000000000000 0 0", 0xfff0000000000000, DZ)]
    [Arguments("Div 8 0 fff0000000000000 0 0", 0xfff0000000000000, 0)]
    // x - x is +0, and -0 when rounding down (IEEE 754-2019, 6.3).
    [Arguments("Sub 8 0 3ff0000000000000 3ff0000000000000 0", 0, 0)]
    [Arguments("Sub 8 2 3ff0000000000000 3ff0000000000000 0", 0x8000000000000000, 0)]
    [Arguments("Add 8 2 0 8000000000000000 0", 0x8000000000000000, 0)]
    [Arguments("Add 8 3 8000000000000000 8000000000000000 0", 0x8000000000000000, 0)]
    [Arguments("MulAdd 8 2 3ff0000000000000 3ff0000000000000 bff0000000000000", 0x8000000000000000, 0)]
    // Overflow goes to infinity or to the largest number, by mode and sign.
    [Arguments("Mul 4 0 7f7fffff 40000000 0", 0x7f800000, OF | NX)]
    [Arguments("Mul 4 1 7f7fffff 40000000 0", 0x7f7fffff, OF | NX)]
    [Arguments("Mul 4 2 7f7fffff 40000000 0", 0x7f7fffff, OF | NX)]
    [Arguments("Mul 4 3 ff7fffff 40000000 0", 0xff7fffff, OF | NX)]
    [Arguments("Mul 4 3 7f7fffff 40000000 0", 0x7f800000, OF | NX)]
    [Arguments("Mul 4 4 ff7fffff 40000000 0", 0xff800000, OF | NX)]
    // Half a unit above the largest number: a tie that goes up, and one step below it.
    [Arguments("Add 4 0 7f7fffff 73000000 0", 0x7f800000, OF | NX)]
    [Arguments("Add 4 0 7f7fffff 72ffffff 0", 0x7f7fffff, NX)]
    // Tininess is detected after rounding (Unpriv. ISA 20.2): (1 - 2^-23) * 2^-126 * (1 + 2^-23) rounds to 2^-126 with the
    // exponent's range ignored, and so does not underflow; (1 - 2^-24) * 2^-126 has 24 digits, is exact then, and does.
    [Arguments("Mul 4 0 007fffff 3f800001 0", 0x00800000, NX)]
    [Arguments("Mul 4 0 00800000 3f7fffff 0", 0x00800000, UF | NX)]
    [Arguments("Mul 4 1 007fffff 3f800001 0", 0x007fffff, UF | NX)]
    // A tiny result that is exact does not underflow.
    [Arguments("Mul 8 0 0010000000000000 3fe0000000000000 0", 0x0008000000000000, 0)]
    // Down to half the smallest number and up again.
    [Arguments("Mul 8 0 1 3fe0000000000000 0", 0, UF | NX)]
    [Arguments("Mul 8 4 1 3fe0000000000000 0", 1, UF | NX)]
    [Arguments("Mul 8 2 8000000000000001 3fb0000000000000 0", 0x8000000000000001, UF | NX)]
    // minimumNumber: a number beats a quiet NaN; a signalling one counts as well but is invalid; -0 < +0.
    [Arguments("Min 8 0 7ff8000000000000 4000000000000000 0", 0x4000000000000000, 0)]
    [Arguments("Max 4 0 3f800000 7f800001 0", 0x3f800000, NV)]
    [Arguments("Min 4 0 ffc00000 7fc00001 0", 0x7fc00000, 0)]
    [Arguments("Min 8 0 0 8000000000000000 0", 0x8000000000000000, 0)]
    [Arguments("Max 8 0 8000000000000000 0 0", 0, 0)]
    // feq is quiet, flt and fle signal.
    [Arguments("Equal 8 0 7ff8000000000000 7ff8000000000000 0", 0, 0)]
    [Arguments("Equal 8 0 7ff8000000000000 7ff0000000000001 0", 0, NV)]
    [Arguments("Equal 8 0 0 8000000000000000 0", 1, 0)]
    [Arguments("Less 8 0 7ff8000000000000 0 0", 0, NV)]
    [Arguments("LessEqual 8 0 0 7ff8000000000000 0", 0, NV)]
    [Arguments("LessEqual 8 0 0 8000000000000000 0", 1, 0)]
    [Arguments("Less 8 0 8000000000000000 0 0", 0, 0)]
    public async Task Arithmetic(string vector, ulong value, uint flags) => await Assert.That(((ulong, uint))FloatVector.Parse(vector).Evaluate()).IsEqualTo((value, flags));

    [Test]
    // Out of range, infinities and NaNs (Unpriv. ISA 20.7): invalid only, not inexact too.
    [Arguments("ToInt32 8 1 41e0000000000000 0 0", 0x7fffffff, NV)]
    [Arguments("ToInt32 8 1 c1e0000000200000 0 0", 0xffffffff80000000, NV)]
    [Arguments("ToInt32 8 1 c1e00000001fffff 0 0", 0xffffffff80000000, NX)]
    [Arguments("ToInt32 8 0 c1e0000000000000 0 0", 0xffffffff80000000, 0)]
    [Arguments("ToInt32 4 0 ffc00000 0 0", 0x7fffffff, NV)]
    [Arguments("ToUInt32 4 0 7fc00000 0 0", 0xffffffffffffffff, NV)]
    [Arguments("ToInt64 8 0 fff0000000000000 0 0", 0x8000000000000000, NV)]
    [Arguments("ToInt64 8 0 43e0000000000000 0 0", 0x7fffffffffffffff, NV)]
    [Arguments("ToInt64 8 0 c3e0000000000000 0 0", 0x8000000000000000, 0)]
    [Arguments("ToUInt64 8 0 43efffffffffffff 0 0", 0xfffffffffffff800, 0)]
    [Arguments("ToUInt64 8 0 43f0000000000000 0 0", 0xffffffffffffffff, NV)]
    // Unsigned 32-bit results are sign-extended.
    [Arguments("ToUInt32 8 0 41efffffffe00000 0 0", 0xffffffffffffffff, 0)]
    [Arguments("ToUInt32 8 0 41e0000000000000 0 0", 0xffffffff80000000, 0)]
    // What rounds to zero fits an unsigned integer, what rounds to minus one does not.
    [Arguments("ToUInt32 8 1 bfefffffffffffff 0 0", 0, NX)]
    [Arguments("ToUInt64 8 0 bfe0000000000000 0 0", 0, NX)]
    [Arguments("ToUInt64 8 4 bfe0000000000000 0 0", 0, NV)]
    [Arguments("ToUInt64 4 2 80000001 0 0", 0, NV)]
    // 2.5 in each mode.
    [Arguments("ToInt64 8 0 4004000000000000 0 0", 2, NX)]
    [Arguments("ToInt64 8 1 4004000000000000 0 0", 2, NX)]
    [Arguments("ToInt64 8 2 4004000000000000 0 0", 2, NX)]
    [Arguments("ToInt64 8 3 4004000000000000 0 0", 3, NX)]
    [Arguments("ToInt64 8 4 4004000000000000 0 0", 3, NX)]
    // Only the low half counts for 32-bit sources, with and without sign.
    [Arguments("FromInt32 8 0 1ffffffff 0 0", 0xbff0000000000000, 0)]
    [Arguments("FromUInt32 8 0 1ffffffff 0 0", 0x41efffffffe00000, 0)]
    [Arguments("FromUInt64 8 0 ffffffffffffffff 0 0", 0x43f0000000000000, NX)]
    [Arguments("FromUInt64 8 1 ffffffffffffffff 0 0", 0x43efffffffffffff, NX)]
    [Arguments("FromInt64 4 0 8000000000000000 0 0", 0xdf000000, 0)]
    // Widening is exact even from subnormals; narrowing rounds, overflows and underflows.
    [Arguments("Widen 4 0 1 0 0", 0x36a0000000000000, 0)]
    [Arguments("Widen 4 0 ff800001 0 0", 0x7ff8000000000000, NV)]
    [Arguments("Narrow 8 0 fff8000000000000 0 0", 0x7fc00000, 0)]
    [Arguments("Narrow 8 0 47efffffe0000000 0 0", 0x7f7fffff, 0)]
    [Arguments("Narrow 8 0 47effffff0000000 0 0", 0x7f800000, OF | NX)]
    [Arguments("Narrow 8 0 36a0000000000000 0 0", 1, 0)]
    [Arguments("Narrow 8 0 3690000000000000 0 0", 0, UF | NX)]
    public async Task Conversion(string vector, ulong value, uint flags) => await Assert.That(((ulong, uint))FloatVector.Parse(vector).Evaluate()).IsEqualTo((value, flags));

    [Test]
    [Arguments(0xff800000, 0)]
    [Arguments(0xbf800000, 1)]
    [Arguments(0x80000001, 2)]
    [Arguments(0x80000000, 3)]
    [Arguments(0x00000000, 4)]
    [Arguments(0x007fffff, 5)]
    [Arguments(0x00800000, 6)]
    [Arguments(0x7f800000, 7)]
    [Arguments(0xff800001, 8)]
    [Arguments(0xffc00000, 9)]
    public async Task Class(ulong a, int bit) => await Assert.That(SoftFloat.Classify<Binary32>(a)).IsEqualTo(1UL << bit);

    [Test]
    public async Task FlagsAreAddedToThoseThatAreSet()
    {
        var flags = DZ;
        SoftFloat.Add<Binary64>(0x3ff0000000000000, 1, IrRounding.NearestEven, ref flags);
        await Assert.That(flags).IsEqualTo(DZ | NX);
    }

    [Test]
    public void ADynamicModeMustBeResolvedByTheCaller()
    {
        uint flags = 0;
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SoftFloat.Add<Binary64>(0x3ff0000000000000, 1, IrRounding.Dynamic, ref flags));
    }
}
