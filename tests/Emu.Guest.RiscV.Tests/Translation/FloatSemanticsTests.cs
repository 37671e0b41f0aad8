namespace Emu.Guest.RiscV.Tests;

/// <summary>NaN boxing, signs and moves: Unpriv. ISA chapters 20 and 21.</summary>
public class FloatSemanticsTests
{
    private const ulong Box = 0xFFFFFFFF_00000000;
    private const ulong CanonicalNan = Box | 0x7FC00000;
    private const uint Nearest = 0;

    [Test]
    public async Task A_value_that_is_not_boxed_is_the_canonical_nan()
    {
        using var guest = Run(
            code =>
            {
                code.FaddS(FRegister.Fa2, FRegister.Fa0, FRegister.Fa1, Nearest);
                code.FsgnjS(FRegister.Fa3, FRegister.Fa0, FRegister.Fa0);
                code.FclassS(XRegister.A0, FRegister.Fa0);
            },
            Double(1.0), Single(1f));
        await Assert.That((guest[FRegister.Fa2], guest[FRegister.Fa3], guest[XRegister.A0])).IsEqualTo((CanonicalNan, CanonicalNan, 1UL << 9));
        await Assert.That(guest.State.FloatFlags).IsEqualTo(0u);
    }

    [Test]
    public async Task Results_of_32_bits_are_boxed_and_moves_take_bits_as_they_are()
    {
        using var guest = Run(
            code =>
            {
                code.FmulS(FRegister.Fa2, FRegister.Fa0, FRegister.Fa1, Nearest);
                code.Fsw(FRegister.Fa4, XRegister.Sp, 0);
                code.Flw(FRegister.Fa3, XRegister.Sp, 0);
                code.FmvXW(XRegister.A0, FRegister.Fa4);
                code.FmvXD(XRegister.A1, FRegister.Fa4);
                code.FmvWX(FRegister.Fa5, XRegister.A1);
            },
            Single(-3f), Single(2f), fa4: 0x12345678_80000001);
        await Assert.That((guest[FRegister.Fa2], guest[FRegister.Fa3], guest[XRegister.A0], guest[XRegister.A1], guest[FRegister.Fa5])).IsEqualTo((Single(-6f), Box | 0x80000001, 0xFFFFFFFF_80000001UL, 0x12345678_80000001UL, Box | 0x80000001));
    }

    [Test]
    public async Task Signs_are_injected_for_singles()
    {
        using var guest = Run(
            code =>
            {
                code.FsgnjS(FRegister.Fa2, FRegister.Fa0, FRegister.Fa1);
                code.FsgnjnS(FRegister.Fa3, FRegister.Fa0, FRegister.Fa1);
                code.FsgnjxS(FRegister.Fa4, FRegister.Fa1, FRegister.Fa1);
                code.FsgnjnS(FRegister.Fa5, FRegister.Fa0, FRegister.Fa0);
                code.FsgnjxS(FRegister.Fa6, FRegister.Fa0, FRegister.Fa1);
            },
            Single(1.5f), Single(-2f));
        await Assert.That((guest[FRegister.Fa2], guest[FRegister.Fa3], guest[FRegister.Fa4], guest[FRegister.Fa5], guest[FRegister.Fa6])).IsEqualTo((Single(-1.5f), Single(1.5f), Single(2f), Single(-1.5f), Single(-1.5f)));
    }

    [Test]
    public async Task Signs_are_injected_for_doubles()
    {
        using var guest = Run(
            code =>
            {
                code.FsgnjD(FRegister.Fa2, FRegister.Fa0, FRegister.Fa1);
                code.FsgnjnD(FRegister.Fa3, FRegister.Fa0, FRegister.Fa1);
                code.FsgnjxD(FRegister.Fa4, FRegister.Fa1, FRegister.Fa1);
                code.FsgnjnD(FRegister.Fa5, FRegister.Fa0, FRegister.Fa0);
                code.FsgnjxD(FRegister.Fa6, FRegister.Fa0, FRegister.Fa1);
            },
            Double(1.5), Double(-2));
        await Assert.That((guest[FRegister.Fa2], guest[FRegister.Fa3], guest[FRegister.Fa4], guest[FRegister.Fa5], guest[FRegister.Fa6])).IsEqualTo((Double(-1.5), Double(1.5), Double(2), Double(-1.5), Double(-1.5)));
    }

    [Test]
    public async Task Fused_operations_differ_in_signs()
    {
        using var guest = Run(
            code =>
            {
                code.FmaddD(FRegister.Fa2, FRegister.Fa0, FRegister.Fa1, FRegister.Fa4, Nearest);
                code.FmsubD(FRegister.Fa3, FRegister.Fa0, FRegister.Fa1, FRegister.Fa4, Nearest);
                code.FnmsubD(FRegister.Fa5, FRegister.Fa0, FRegister.Fa1, FRegister.Fa4, Nearest);
                code.FnmaddD(FRegister.Fa6, FRegister.Fa0, FRegister.Fa1, FRegister.Fa4, Nearest);
            },
            Double(2), Double(3), Double(1));
        await Assert.That((guest[FRegister.Fa2], guest[FRegister.Fa3], guest[FRegister.Fa5], guest[FRegister.Fa6])).IsEqualTo((Double(7), Double(5), Double(-5), Double(-7)));
    }

    [Test]
    public async Task Conversions_saturate_and_say_so()
    {
        using var guest = Run(
            code =>
            {
                code.FcvtWD(XRegister.A0, FRegister.Fa0, Nearest);
                code.FcvtWuD(XRegister.A1, FRegister.Fa0, Nearest);
                code.FcvtLS(XRegister.A2, FRegister.Fa1, Nearest);
                code.FcvtSD(FRegister.Fa2, FRegister.Fa0, Nearest);
                code.FcvtDS(FRegister.Fa3, FRegister.Fa2, Nearest);
            },
            Double(1e10), CanonicalNan);
        await Assert.That((guest[XRegister.A0], guest[XRegister.A1], guest[XRegister.A2])).IsEqualTo((0x7FFFFFFFUL, ulong.MaxValue, (ulong)long.MaxValue));
        await Assert.That((guest[FRegister.Fa2], guest[FRegister.Fa3])).IsEqualTo((Single(1e10f), Double(1e10f)));
        await Assert.That(guest.State.FloatFlags).IsEqualTo(0x10u);
    }

    private static Guest Run(Action<Assembler> write, ulong fa0, ulong fa1, ulong fa4 = 0)
    {
        var guest = Guest.Of(code =>
        {
            write(code);
            code.Ecall();
        });
        (guest[FRegister.Fa0], guest[FRegister.Fa1], guest[FRegister.Fa4]) = (fa0, fa1, fa4);
        guest[XRegister.Sp] = Guest.DataAddress;
        guest.Run();
        return guest;
    }

    private static ulong Double(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static ulong Single(float value) => Box | BitConverter.SingleToUInt32Bits(value);
}
