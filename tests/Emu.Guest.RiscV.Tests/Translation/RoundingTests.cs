using Emu.Ir;
using Emu.Ir.Reference;
using TUnit.Assertions.Enums;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Rounding modes that do not exist: Unpriv. ISA 20.2.</summary>
public class RoundingTests
{
    private const uint Dynamic = (uint)IrRounding.Dynamic;

    [Test]
    [Arguments(5u)]
    [Arguments(6u)]
    public async Task A_static_mode_that_does_not_exist_is_illegal(uint rm)
    {
        var word = InstructionEncoder.FaddD(FRegister.Fa0, FRegister.Fa1, FRegister.Fa2, rm);
        using var guest = Guest.Of(code => code.Word(word));
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Trap, Guest.CodeAddress, word, (int)IrTrap.IllegalInstruction));
    }

    [Test]
    [Arguments(5u)]
    [Arguments(6u)]
    [Arguments(7u)]
    public async Task A_dynamic_mode_that_does_not_exist_is_illegal_when_it_is_used(uint mode)
    {
        using var guest = Guest.Of(code =>
        {
            code.Csrrwi(XRegister.Zero, 2, mode);
            code.FaddD(FRegister.Fa0, FRegister.Fa1, FRegister.Fa2, 0);
            code.FeqD(XRegister.A0, FRegister.Fa1, FRegister.Fa1);
            code.FcvtSD(FRegister.Fa0, FRegister.Fa1, Dynamic);
        });
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Trap, Guest.CodeAddress + 12, 0, (int)IrTrap.IllegalInstruction));
        await Assert.That(guest[XRegister.A0]).IsEqualTo(1u);
        await Assert.That(guest.State.RoundingMode).IsEqualTo(mode);
    }

    [Test]
    public async Task The_dynamic_mode_is_that_of_frm()
    {
        using var guest = Guest.Of(code =>
        {
            code.Csrrwi(XRegister.Zero, 2, (uint)IrRounding.Up);
            code.FcvtWD(XRegister.A0, FRegister.Fa0, Dynamic);
            code.FcvtWD(XRegister.A1, FRegister.Fa0, (uint)IrRounding.TowardZero);
            code.Csrrwi(XRegister.A3, 2, (uint)IrRounding.Down);
            code.FcvtWD(XRegister.A2, FRegister.Fa0, Dynamic);
            code.Ecall();
        });
        guest[FRegister.Fa0] = BitConverter.DoubleToUInt64Bits(-1.5);
        guest.Run();
        await Assert.That(new[] { XRegister.A0, XRegister.A1, XRegister.A2, XRegister.A3 }.Select(register => (long)guest[register])).IsEquivalentTo([-1L, -1L, -2L, 3L], CollectionOrdering.Matching);
        await Assert.That(guest.State.FloatFlags).IsEqualTo(1u);
    }
}
