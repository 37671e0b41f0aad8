using Emu.Ir;
using Emu.Ir.Reference;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Known answers for instructions of extensions, from the manual's text; breadth comes from the differential tests.</summary>
public class ExtensionSemanticsTests
{
    private const ulong A = 0x8000_0000_F00F_1234, B = 0x0123_4567_89AB_CDEF;

    [Test]
    public async Task Bits_are_counted_turned_and_combined()
    {
        using var guest = Run(static code =>
        {
            code.Clzw(XRegister.T0, XRegister.Zero);
            code.Ctzw(XRegister.T1, XRegister.Zero);
            code.Cpopw(XRegister.T2, XRegister.A0);
            code.Rolw(XRegister.A2, XRegister.A0, XRegister.A3);
            code.Rol(XRegister.A4, XRegister.A0, XRegister.A3);
            code.Rev8(XRegister.A5, XRegister.A1);
            code.OrcB(XRegister.A6, XRegister.A0);
            code.Brev8(XRegister.A7, XRegister.A1);
            code.Xnor(XRegister.S2, XRegister.A0, XRegister.A1);
            code.Clmulr(XRegister.S3, XRegister.A0, XRegister.A1);
        }, static guest => guest[XRegister.A3] = 4);
        await Assert.That(Values(guest, XRegister.T0, XRegister.T1, XRegister.T2, XRegister.A2, XRegister.A4)).IsEquivalentTo(
            (ulong[])[32, 32, 13, 0x00F1234F, 0x0000_000F_00F1_2348]);
        await Assert.That(Values(guest, XRegister.A5, XRegister.A6, XRegister.A7, XRegister.S2)).IsEquivalentTo(
            (ulong[])[0xEFCD_AB89_6745_2301, 0xFF00_0000_FFFF_FFFF, 0x80C4_A2E6_91D5_B3F7, ~(A ^ B)]);
        await Assert.That(guest[XRegister.S3]).IsEqualTo(Clmulr(A, B));
    }

    [Test]
    public async Task Conditional_zeros_and_may_be_operations()
    {
        using var guest = Run(static code =>
        {
            code.CzeroEqz(XRegister.T0, XRegister.A0, XRegister.A1);
            code.CzeroEqz(XRegister.T1, XRegister.A0, XRegister.Zero);
            code.CzeroNez(XRegister.T2, XRegister.A0, XRegister.A1);
            code.CzeroNez(XRegister.A2, XRegister.A0, XRegister.Zero);
            code.MopR(31, XRegister.A1, XRegister.A0);
            code.CMop(14);
        });
        await Assert.That(Values(guest, XRegister.T0, XRegister.T1, XRegister.T2, XRegister.A2, XRegister.A1)).IsEquivalentTo((ulong[])[A, 0, 0, A, 0]);
    }

    [Test]
    public async Task A_cache_block_is_zeroed_as_a_whole_and_no_program_may_invalidate_one()
    {
        using var guest = Run(
            static code => code.CboZero(XRegister.A2),
            static guest =>
            {
                guest[XRegister.A2] = Guest.DataAddress + 64 + 13;
                for (var offset = 0UL; offset < 192; offset += 8)
                    guest.Data.TryWrite(Guest.DataAddress + offset, 8, ulong.MaxValue, out _);
            });
        for (var offset = 0UL; offset < 192; offset += 8)
        {
            guest.Data.TryRead(Guest.DataAddress + offset, 8, out var value, out _);
            await Assert.That((offset, value)).IsEqualTo((offset, offset is >= 64 and < 128 ? 0 : ulong.MaxValue));
        }

        using var refused = Guest.Of(static code => code.CboInval(XRegister.A2));
        await Assert.That(refused.Step().Cause).IsEqualTo((int)IrTrap.IllegalInstruction);
        using var unmapped = Guest.Of(static code => code.CboClean(XRegister.Zero));
        await Assert.That(unmapped.Step()).IsEqualTo(new BlockEnd(BlockEndKind.ReadFault, Guest.CodeAddress, 0));
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_quadword_is_swapped_if_both_halves_are_equal(bool equal)
    {
        using var guest = Run(
            static code => code.AmocasQ(XPair.A2, XRegister.A0, XPair.A4, 0),
            guest =>
            {
                guest[XRegister.A0] = Guest.DataAddress + 16;
                guest.Data.TryWrite(Guest.DataAddress + 16, 8, 7, out _);
                guest.Data.TryWrite(Guest.DataAddress + 24, 8, 9, out _);
                (guest[XRegister.A2], guest[XRegister.A3]) = (7, equal ? 9UL : 8UL);
                (guest[XRegister.A4], guest[XRegister.A5]) = (1, 2);
            });
        guest.Data.TryRead(Guest.DataAddress + 16, 8, out var low, out _);
        guest.Data.TryRead(Guest.DataAddress + 24, 8, out var high, out _);
        await Assert.That((low, high)).IsEqualTo(equal ? (1UL, 2UL) : (7UL, 9UL));
        await Assert.That((guest[XRegister.A2], guest[XRegister.A3])).IsEqualTo((7UL, 9UL));
    }

    [Test]
    public async Task A_quadword_must_be_aligned_and_x0_is_a_pair_of_zeros()
    {
        using var misaligned = Guest.Of(static code => code.AmocasQ(XPair.A2, XRegister.A0, XPair.A4, 0));
        misaligned[XRegister.A0] = Guest.DataAddress + 8;
        await Assert.That(misaligned.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Misaligned, Guest.CodeAddress, Guest.DataAddress + 8));
        using var guest = Run(
            static code => code.AmocasQ(XPair.Zero, XRegister.A0, XPair.Zero, 0),
            static guest => (guest[XRegister.A0], guest[XRegister.Ra]) = (Guest.DataAddress, 5));
        await Assert.That((guest[XRegister.Zero], guest[XRegister.Ra])).IsEqualTo((0UL, 5UL));
    }

    [Test]
    public async Task Bytes_and_halfwords_are_added_alone()
    {
        using var guest = Run(
            static code =>
            {
                code.AmoaddB(XRegister.T0, XRegister.A0, XRegister.A1, 3);
                code.AmomaxuH(XRegister.T1, XRegister.A0, XRegister.A1, 0);
                code.AmocasH(XRegister.T2, XRegister.A0, XRegister.Zero, 0);
            },
            static guest =>
            {
                guest[XRegister.A0] = Guest.DataAddress;
                guest.Data.TryWrite(Guest.DataAddress, 4, 0x112233F0, out _);
                guest[XRegister.T2] = 0xCDEF;
            });
        guest.Data.TryRead(Guest.DataAddress, 4, out var left, out _);
        await Assert.That((guest[XRegister.T0], guest[XRegister.T1], guest[XRegister.T2], left)).IsEqualTo(
            (0xFFFF_FFFF_FFFF_FFF0, 0x33DFUL, 0xFFFF_FFFF_FFFF_CDEF, 0x11220000UL));
    }

    [Test]
    public async Task Constants_are_those_of_the_manual_in_each_format()
    {
        using var guest = Run(static code =>
        {
            code.FliH(FRegister.Ft0, 1);
            code.FliS(FRegister.Ft1, 1);
            code.FliD(FRegister.Ft2, 1);
            code.FliH(FRegister.Ft3, 2);
            code.FliH(FRegister.Ft4, 29);
            code.FliS(FRegister.Ft5, 0);
            code.FliD(FRegister.Ft6, 31);
        });
        await Assert.That(((FRegister[])[FRegister.Ft0, FRegister.Ft1, FRegister.Ft2, FRegister.Ft3, FRegister.Ft4, FRegister.Ft5, FRegister.Ft6])
            .Select(register => guest[register])).IsEquivalentTo((ulong[])
            [
                0xFFFF_FFFF_FFFF_0400, 0xFFFF_FFFF_0080_0000, 0x0010_0000_0000_0000, 0xFFFF_FFFF_FFFF_0100, 0xFFFF_FFFF_FFFF_7C00,
                0xFFFF_FFFF_BF80_0000, 0x7FF8_0000_0000_0000,
            ]);
    }

    [Test]
    [Arguments(4294967297.5, 1L, 0x10u)]
    [Arguments(-2147483649.0, 2147483647L, 0x10u)]
    [Arguments(2.5, 2L, 1u)]
    [Arguments(double.NaN, 0L, 0x10u)]
    [Arguments(1e300, 0L, 0x10u)]
    public async Task The_modular_conversion_keeps_the_low_bits(double value, long expected, uint flags)
    {
        using var guest = Run(
            static code => code.FcvtmodWD(XRegister.T0, FRegister.Fa0),
            guest => guest[FRegister.Fa0] = BitConverter.DoubleToUInt64Bits(value));
        await Assert.That(((long)guest[XRegister.T0], guest.State.FloatFlags)).IsEqualTo((expected, flags));
    }

    private static ulong Clmulr(ulong a, ulong b)
    {
        var product = UInt128.Zero;
        for (var bit = 0; bit < 64; bit++)
            if ((b >> bit & 1) != 0)
                product ^= (UInt128)a << bit;
        return (ulong)(product >> 63);
    }

    private static Guest Run(Action<Assembler> write, Action<Guest>? prepare = null)
    {
        var guest = Guest.Of(code =>
        {
            write(code);
            code.Ecall();
        });
        (guest[XRegister.A0], guest[XRegister.A1]) = (A, B);
        prepare?.Invoke(guest);
        guest.Run();
        return guest;
    }

    private static ulong[] Values(Guest guest, params XRegister[] registers) => [.. registers.Select(register => guest[register])];
}
