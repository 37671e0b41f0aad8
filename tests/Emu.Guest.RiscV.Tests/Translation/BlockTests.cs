using Emu.Engine.Memory;
using Emu.Ir;
using Emu.Ir.Reference;

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
    public async Task A_block_ends_at(string name, Action<Assembler> write)
    {
        using var guest = Guest.Of(code =>
        {
            code.CNop(0);
            write(code);
            code.CNop(0);
        });
        await Assert.That(guest.Translate().InstructionCount == 2).IsTrue().Because(name);
    }

    [Test]
    public async Task A_block_ends_at_the_limit()
    {
        using var guest = Guest.Of(code =>
        {
            for (var i = 0; i < 600; i++)
                code.CNop(0);
        });
        await Assert.That(guest.Translate().InstructionCount).IsEqualTo(512);
        await Assert.That(guest.Translate(1).InstructionCount).IsEqualTo(1);
        await Assert.That(guest.Step(1)).IsEqualTo(new BlockEnd(BlockEndKind.Jump, Guest.CodeAddress + 2));
    }

    [Test]
    public async Task A_block_ends_at_the_end_of_its_page()
    {
        using var guest = new Guest([1, 0, 1, 0, 1, 0, 1, 0], PageEnd - 4, codePages: 2);
        var block = guest.Translate();
        await Assert.That((block.InstructionCount, block.EndPc)).IsEqualTo((2, PageEnd));
    }

    [Test]
    public async Task An_instruction_on_two_pages_is_the_last_of_its_block()
    {
        using var guest = new Guest([1, 0, 0x13, 5, 0x50, 0, 1, 0], PageEnd - 4, codePages: 2);
        var block = guest.Translate();
        await Assert.That((block.InstructionCount, block.EndPc)).IsEqualTo((2, PageEnd + 2));
        guest.Step();
        await Assert.That(guest[XRegister.A0]).IsEqualTo(5u);
    }

    [Test]
    public async Task A_fetch_fault_on_the_second_page_names_that_page_and_the_instruction()
    {
        using var guest = new Guest([1, 0, 0x13, 5], PageEnd - 4);
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Jump, PageEnd - 2));
        var end = guest.Step();
        await Assert.That(end).IsEqualTo(new BlockEnd(BlockEndKind.Trap, PageEnd - 2, PageEnd, (int)IrTrap.FetchFault));
        await Assert.That(guest.Block.InstructionCount).IsEqualTo(0);
    }

    [Test]
    public async Task Code_outside_of_memory_is_a_fetch_fault()
    {
        using var guest = Guest.Of(code => code.Ecall());
        foreach (var pc in new[] { 0UL, Guest.DataAddress, GuestMemory.Size, ulong.MaxValue - 1 })
        {
            guest.Pc = pc;
            await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Trap, pc, pc, (int)IrTrap.FetchFault));
        }
    }

    [Test]
    public async Task An_illegal_instruction_is_a_block_of_its_own()
    {
        using var guest = Guest.Of(code =>
        {
            code.CNop(0);
            code.Word(0xFFFFFFF3);
        });
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Jump, Guest.CodeAddress + 2));
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Trap, Guest.CodeAddress + 2, 0xFFFFFFF3, (int)IrTrap.IllegalInstruction));
        await Assert.That(guest.Block.InstructionCount).IsEqualTo(1);
    }

    [Test]
    public async Task Zeros_are_illegal()
    {
        using var guest = new Guest([]);
        await Assert.That(guest.Step()).IsEqualTo(new BlockEnd(BlockEndKind.Trap, Guest.CodeAddress, 0, (int)IrTrap.IllegalInstruction));
    }

    [Test]
    public async Task Every_instruction_translates_to_valid_ir()
    {
        const int seed = 4;
        var sampler = new InstructionSampler(new Random(seed));
        foreach (var opcode in InstructionSampler.Opcodes)
            for (var i = 0; i < 5; i++)
            {
                var instruction = sampler.Next(opcode);
                var code = new Assembler();
                code.Word(instruction.Bits);
                using var guest = new Guest(code.ToArray());
                await Assert.That(guest.Translate(1).InstructionCount).IsEqualTo(1).Because($"seed {seed}: {instruction}");
            }
    }

    [Test]
    public async Task Translating_allocates_nothing_once_the_arena_has_grown()
    {
        using var guest = new Guest(new StraightLineSampler(new Random(12)).NextCode(400));
        var (riscv, builder) = (new RiscVGuest(), new IrBuilder(guest.Block));
        for (var i = 0; i < 3; i++)
            Translate();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Translate();
        await Assert.That(GC.GetAllocatedBytesForCurrentThread() - before).IsEqualTo(0);

        void Translate()
        {
            guest.Block.Reset(guest.Pc);
            riscv.Translate(builder, guest.Memory, 512);
        }
    }
}
