using Emu.Engine.Memory;
using Emu.Ir;
using Emu.Ir.Reference;
using Assert = Xunit.Assert;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Where blocks end, and what stands there.</summary>
public class BlockTests
{
    private const ulong PageEnd = Guest.CodeAddress + GuestMemory.PageSize;

    public static IEnumerable<(string, Action<Assembler>)> Enders() =>
    [
        ("jal", code => code.Jal(XRegister.Zero, 8)),
        ("jalr", code => code.Jalr(XRegister.Zero, XRegister.Ra, 0)),
        ("beq", code => code.Beq(XRegister.A0, XRegister.A1, 8)),
        ("c.jr", code => code.CJr(XRegister.Ra)),
        ("ecall", code => code.Ecall()),
        ("ebreak", code => code.Ebreak()),
        ("c.ebreak", code => code.CEbreak()),
        ("fence.i", code => code.FenceI()),
        ("pause", code => code.Pause()),
    ];

    [Test]
    [MethodDataSource(nameof(Enders))]
    public void A_block_ends_at(string name, Action<Assembler> write)
    {
        using var guest = Guest.Of(code =>
        {
            code.CNop(0);
            write(code);
            code.CNop(0);
        });
        Assert.True(guest.Translate().InstructionCount == 2, name);
    }

    [Test]
    public void A_block_ends_at_the_limit()
    {
        using var guest = Guest.Of(code =>
        {
            for (var i = 0; i < 600; i++)
                code.CNop(0);
        });
        Assert.Equal(512, guest.Translate().InstructionCount);
        Assert.Equal(1, guest.Translate(1).InstructionCount);
        Assert.Equal(new BlockEnd(BlockEndKind.Jump, Guest.CodeAddress + 2), guest.Step(1));
    }

    [Test]
    public void A_block_ends_at_the_end_of_its_page()
    {
        using var guest = new Guest([1, 0, 1, 0, 1, 0, 1, 0], PageEnd - 4, codePages: 2);
        var block = guest.Translate();
        Assert.Equal((2, PageEnd), (block.InstructionCount, block.EndPc));
    }

    [Test]
    public void An_instruction_on_two_pages_is_the_last_of_its_block()
    {
        using var guest = new Guest([1, 0, 0x13, 5, 0x50, 0, 1, 0], PageEnd - 4, codePages: 2);
        var block = guest.Translate();
        Assert.Equal((2, PageEnd + 2), (block.InstructionCount, block.EndPc));
        guest.Step();
        Assert.Equal(5u, guest[XRegister.A0]);
    }

    [Test]
    public void A_fetch_fault_on_the_second_page_names_that_page_and_the_instruction()
    {
        using var guest = new Guest([1, 0, 0x13, 5], PageEnd - 4);
        Assert.Equal(new BlockEnd(BlockEndKind.Jump, PageEnd - 2), guest.Step());
        var end = guest.Step();
        Assert.Equal(new BlockEnd(BlockEndKind.Trap, PageEnd - 2, PageEnd, (int)IrTrap.FetchFault), end);
        Assert.Equal(0, guest.Block.InstructionCount);
    }

    [Test]
    public void Code_outside_of_memory_is_a_fetch_fault()
    {
        using var guest = Guest.Of(code => code.Ecall());
        foreach (var pc in new[] { 0UL, Guest.DataAddress, GuestMemory.Size, ulong.MaxValue - 1 })
        {
            guest.Pc = pc;
            Assert.Equal(new BlockEnd(BlockEndKind.Trap, pc, pc, (int)IrTrap.FetchFault), guest.Step());
        }
    }

    [Test]
    public void An_illegal_instruction_is_a_block_of_its_own()
    {
        using var guest = Guest.Of(code =>
        {
            code.CNop(0);
            code.Word(0xFFFFFFF3);
        });
        Assert.Equal(new BlockEnd(BlockEndKind.Jump, Guest.CodeAddress + 2), guest.Step());
        Assert.Equal(new BlockEnd(BlockEndKind.Trap, Guest.CodeAddress + 2, 0xFFFFFFF3, (int)IrTrap.IllegalInstruction), guest.Step());
        Assert.Equal(1, guest.Block.InstructionCount);
    }

    [Test]
    public void Zeros_are_illegal()
    {
        using var guest = new Guest([]);
        Assert.Equal(new BlockEnd(BlockEndKind.Trap, Guest.CodeAddress, 0, (int)IrTrap.IllegalInstruction), guest.Step());
    }

    [Test]
    public void Every_instruction_translates_to_valid_ir()
    {
        const int seed = 4;
        var sampler = new InstructionSampler(new Random(seed));
        foreach (var opcode in InstructionSampler.Opcodes)
            for (var i = 0; i < 5; i++)
            {
                var code = new Assembler();
                code.Word(sampler.Next(opcode).Bits);
                using var guest = new Guest(code.ToArray());
                Assert.Equal(1, guest.Translate(1).InstructionCount);
            }
    }

    [Test]
    public void Translating_allocates_nothing_once_the_arena_has_grown()
    {
        using var guest = new Guest(new StraightLineSampler(new Random(12)).NextCode(400));
        var (riscv, builder) = (new RiscVGuest(), new IrBuilder(guest.Block));
        for (var i = 0; i < 3; i++)
            Translate();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Translate();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Translate()
        {
            guest.Block.Reset(guest.Pc);
            riscv.Translate(builder, guest.Memory, 512);
        }
    }
}
