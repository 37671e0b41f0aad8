using Emu.Ir;
using Emu.Ir.Reference;
using TUnit.Assertions.Enums;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Known answers for what is easy to get wrong; breadth comes from the differential tests.</summary>
public class SemanticsTests
{
    [Test]
    public async Task X0_stays_zero_and_loads_to_it_still_fault()
    {
        using var guest = Guest.Of(code =>
        {
            code.Addi(XRegister.Zero, XRegister.A0, 5);
            code.Lw(XRegister.Zero, XRegister.A0, 0);
        });
        guest[XRegister.A0] = 8;
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.ReadFault, Guest.CodeAddress + 4, 8));
        await Assert.That(guest[XRegister.Zero]).IsEqualTo(0u);
    }

    [Test]
    public async Task A_call_through_its_own_link_register_goes_to_the_old_value()
    {
        using var guest = Guest.Of(code => code.Jalr(XRegister.Ra, XRegister.Ra, 5));
        guest[XRegister.Ra] = 0x1234;
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Jump, 0x1238));
        await Assert.That(guest[XRegister.Ra]).IsEqualTo(Guest.CodeAddress + 4);
    }

    [Test]
    public async Task Links_are_behind_instructions_of_either_length()
    {
        using var guest = Guest.Of(code => code.CJalr(XRegister.A0));
        guest[XRegister.A0] = 0x2000;
        await Assert.That(guest.Step().Pc).IsEqualTo(0x2000u);
        await Assert.That(guest[XRegister.Ra]).IsEqualTo(Guest.CodeAddress + 2);
    }

    [Test]
    public async Task Upper_immediates_are_signed_and_relative_to_the_instruction()
    {
        using var guest = Guest.Of(code =>
        {
            code.Lui(XRegister.A0, int.MinValue);
            code.Auipc(XRegister.A1, 0x1000);
            code.CLui(XRegister.A2, -4096);
            code.Ecall();
        });
        await Assert.That(guest.Step().Kind).IsEqualTo(BlockEndKind.Syscall);
        await Assert.That(Values(guest, XRegister.A0, XRegister.A1, XRegister.A2)).IsEquivalentTo((ulong[])[0xFFFFFFFF_80000000, Guest.CodeAddress + 4 + 0x1000, 0xFFFFFFFF_FFFFF000], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Word_operations_sign_extend()
    {
        using var guest = Guest.Of(code =>
        {
            code.Addiw(XRegister.A1, XRegister.A0, 1);
            code.Srliw(XRegister.A2, XRegister.A0, 0);
            code.Slli(XRegister.A3, XRegister.A0, 33);
            code.Srai(XRegister.A4, XRegister.A3, 33);
            code.Lwu(XRegister.A5, XRegister.Sp, 0);
            code.Lw(XRegister.A6, XRegister.Sp, 0);
            code.Ecall();
        });
        guest[XRegister.A0] = 0x7FFFFFFF;
        guest[XRegister.Sp] = Guest.DataAddress;
        guest.Data.TryWrite(Guest.DataAddress, 4, 0x80000001, out _);
        guest.Step();
        await Assert.That(Values(guest, XRegister.A1, XRegister.A2, XRegister.A3, XRegister.A4, XRegister.A5, XRegister.A6)).IsEquivalentTo((ulong[])[0xFFFFFFFF_80000000, 0x7FFFFFFF, 0xFFFFFFFE_00000000, 0xFFFFFFFF_FFFFFFFF, 0x80000001, 0xFFFFFFFF_80000001], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Store_conditional_holds_once()
    {
        using var guest = Guest.Of(code =>
        {
            code.LrW(XRegister.A0, XRegister.Sp, 0);
            code.ScW(XRegister.A1, XRegister.Sp, XRegister.A3, 3);
            code.ScW(XRegister.A2, XRegister.Sp, XRegister.A6, 0);
            code.AmoaddW(XRegister.A4, XRegister.Sp, XRegister.A3, 0);
            code.AmomaxuW(XRegister.A5, XRegister.Sp, XRegister.A6, 0);
            code.LrW(XRegister.A7, XRegister.Sp, 0);
            code.Ecall();
        });
        (guest[XRegister.Sp], guest[XRegister.A3], guest[XRegister.A6]) = (Guest.DataAddress, 7, ulong.MaxValue);
        guest.Data.TryWrite(Guest.DataAddress, 4, 0x80000000, out _);
        await Assert.That(guest.Step().Kind).IsEqualTo(BlockEndKind.Syscall);
        await Assert.That(Values(guest, XRegister.A0, XRegister.A1, XRegister.A2, XRegister.A4, XRegister.A5, XRegister.A7)).IsEquivalentTo((ulong[])[0xFFFFFFFF_80000000, 0, 1, 7, 14, ulong.MaxValue], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Atomics_must_be_aligned()
    {
        using var guest = Guest.Of(code => code.AmoswapD(XRegister.A0, XRegister.Sp, XRegister.A0, 0));
        guest[XRegister.Sp] = Guest.DataAddress + 4;
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Misaligned, Guest.CodeAddress, Guest.DataAddress + 4));
    }

    [Test]
    public async Task System_instructions_say_what_they_want()
    {
        using var guest = Guest.Of(code =>
        {
            code.FenceI();
            code.Fence(3, 3);
            code.Pause();
            code.CEbreak();
        });
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Exit, Guest.CodeAddress + 4, Cause: (int)IrExit.InstructionFence));
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Exit, Guest.CodeAddress + 12, Cause: (int)IrExit.Yield));
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Trap, Guest.CodeAddress + 12, Guest.CodeAddress + 12, (int)IrTrap.Breakpoint));
    }

    [Test]
    public async Task Control_registers_are_exchanged_set_and_cleared()
    {
        using var guest = Guest.Of(code =>
        {
            code.Csrrwi(XRegister.A0, 3, 0x1F);
            code.Csrrci(XRegister.A1, 1, 5);
            code.Csrrsi(XRegister.A2, 2, 3);
            code.Csrrw(XRegister.A4, 3, XRegister.A4);
            code.Csrrs(XRegister.A5, 1, XRegister.Zero);
            code.Ecall();
        });
        guest[XRegister.A4] = 0xFFFF_FF21;
        await Assert.That(guest.Step().Kind).IsEqualTo(BlockEndKind.Syscall);
        await Assert.That(Values(guest, XRegister.A0, XRegister.A1, XRegister.A2, XRegister.A4, XRegister.A5)).IsEquivalentTo((ulong[])[0, 0x1F, 0, 0x7A, 1], CollectionOrdering.Matching);
        await Assert.That((guest.State.FloatFlags, guest.State.RoundingMode)).IsEqualTo((1u, 1u));
    }

    [Test]
    [Arguments(0x300u, false)]
    [Arguments(0xC00u, true)]
    [Arguments(0xC03u, false)]
    public async Task Control_registers_that_are_not_there_or_not_writable_are_illegal(uint csr, bool readable)
    {
        uint[] writes =
        [
            InstructionEncoder.Csrrw(XRegister.Zero, csr, XRegister.Zero), InstructionEncoder.Csrrs(XRegister.A0, csr, XRegister.A1),
            InstructionEncoder.Csrrsi(XRegister.A0, csr, 1), InstructionEncoder.Csrrc(XRegister.A0, csr, XRegister.A1),
        ];
        uint[] reads =
        [
            InstructionEncoder.Csrrs(XRegister.A0, csr, XRegister.Zero), InstructionEncoder.Csrrc(XRegister.A0, csr, XRegister.Zero),
            InstructionEncoder.Csrrsi(XRegister.A0, csr, 0), InstructionEncoder.Csrrci(XRegister.A0, csr, 0),
        ];
        foreach (var word in writes)
            await Assert.That(IsIllegal(word)).IsTrue().Because($"0x{word:x8}");
        foreach (var word in reads)
            await Assert.That(IsIllegal(word)).IsEqualTo(!readable).Because($"0x{word:x8}");
    }

    [Test]
    public async Task Counters_go_on()
    {
        using var guest = Guest.Of(code =>
        {
            code.Csrrs(XRegister.A0, 0xC01, XRegister.Zero);
            code.Csrrs(XRegister.A1, 0xC00, XRegister.Zero);
            code.Ecall();
        });
        guest.Step();
        await Assert.That(guest[XRegister.A0]).IsNotEqualTo(0u);
        await Assert.That(guest[XRegister.A1] >= guest[XRegister.A0]).IsTrue();
    }

    private static bool IsIllegal(uint word)
    {
        using var guest = Guest.Of(code => code.Word(word));
        return guest.Step(1) is { Kind: BlockEndKind.Trap, Cause: (int)IrTrap.IllegalInstruction };
    }

    private static ulong[] Values(Guest guest, params XRegister[] registers) => [.. registers.Select(register => guest[register])];
}
