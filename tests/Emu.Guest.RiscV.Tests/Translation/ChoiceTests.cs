using Emu.Ir;
using Emu.Ir.Reference;

namespace Emu.Guest.RiscV.Tests;

/// <summary>A branch over instructions that only compute one register may become a choice; the registers are the same in the end.</summary>
public class ChoiceTests
{
    private const XRegister A0 = XRegister.A0, A1 = XRegister.A1, A2 = XRegister.A2, A3 = XRegister.A3;

    private static readonly (string Name, Action<Assembler, int> Write)[] Branches =
    [
        ("beq", (code, offset) => code.Beq(A0, A1, offset)),
        ("bne", (code, offset) => code.Bne(A0, A1, offset)),
        ("blt", (code, offset) => code.Blt(A0, A1, offset)),
        ("bge", (code, offset) => code.Bge(A0, A1, offset)),
        ("bltu", (code, offset) => code.Bltu(A0, A1, offset)),
        ("bgeu", (code, offset) => code.Bgeu(A0, A1, offset)),
    ];

    private static readonly (string Name, int Size, Action<Assembler> Write)[] Simple =
    [
        ("addi", 4, code => code.Addi(A2, A3, 7)),
        ("addi to the condition", 4, code => code.Addi(A0, A0, 7)),
        ("c.li", 2, code => code.CLi(A2, 5)),
        ("two", 8, code => { code.Xor(A2, A2, A3); code.Addi(A2, A2, 1); }),
        ("three", 8, code => { code.Xor(A2, A2, A3); code.CSlli(A2, 48); code.CSlli(A2, 1); }),
    ];

    private static readonly (string Name, int Size, Action<Assembler> Write)[] Others =
    [
        ("load", 4, code => code.Lw(A2, A3, 0)),
        ("store", 4, code => code.Sw(A2, A3, 0)),
        ("two registers", 8, code => { code.Addi(A2, A2, 1); code.Addi(A3, A3, 1); }),
        ("division", 4, code => code.Div(A2, A2, A3)),
        ("jump", 4, code => code.Jal(XRegister.Zero, 8)),
        ("nothing", 2, code => code.CNop(0)),
        ("into an instruction", 6, code => { code.Addi(A2, A2, 1); code.Addi(A2, A2, 1); }),
        ("far", 12, code => { code.Addi(A2, A2, 1); code.Addi(A2, A2, 1); code.Addi(A2, A2, 1); }),
    ];

    [Test]
    public async Task A_choice_computes_what_the_branch_does()
    {
        foreach (var (branch, writeBranch) in Branches)
            foreach (var (name, size, write) in Simple)
                foreach (var (a, b) in new[] { (1UL, 1UL), (1UL, 2UL), (2UL, 1UL), (ulong.MaxValue, 1UL), (1UL, ulong.MaxValue) })
                {
                    var (plain, _) = Run(writeBranch, size, write, a, b, mayChoose: false);
                    var (chosen, block) = Run(writeBranch, size, write, a, b, mayChoose: true);
                    await Assert.That(chosen).IsEqualTo(plain).Because($"{branch} {name} {a} {b}");
                    await Assert.That(block.Insns.ToArray().Count(insn => insn.Op == IrOp.Select)).IsEqualTo(1).Because(name);
                }
    }

    [Test]
    public async Task Other_instructions_stay_behind_the_branch()
    {
        foreach (var (name, size, write) in Others)
        {
            using var guest = Guest.Of(code => Write(code, Branches[0].Write, size, write));
            await Assert.That(guest.Translate(mayChoose: true).Insns[^1].Op).IsEqualTo(IrOp.Branch).Because(name);
            await Assert.That(guest.Block.InstructionCount).IsEqualTo(1).Because(name);
        }
    }

    [Test]
    public async Task A_block_is_not_longer_than_its_limit()
    {
        using var guest = Guest.Of(code => Write(code, Branches[0].Write, Simple[0].Size, Simple[0].Write));
        await Assert.That(guest.Translate(1, mayChoose: true).InstructionCount).IsEqualTo(1);
    }

    private static void Write(Assembler code, Action<Assembler, int> branch, int size, Action<Assembler> skipped)
    {
        branch(code, 4 + size);
        skipped(code);
        code.Ecall();
    }

    private static (string Registers, IrBlock Block) Run(Action<Assembler, int> branch, int size, Action<Assembler> skipped, ulong a, ulong b, bool mayChoose)
    {
        using var guest = Guest.Of(code => Write(code, branch, size, skipped));
        (guest[A0], guest[A1], guest[A2], guest[A3]) = (a, b, 77, 0x123456789ABCDEF0);
        BlockEnd end;
        do
            end = guest.Step(mayChoose: mayChoose);
        while (end.Kind == BlockEndKind.Jump);
        return ($"{end} {guest[A0]:x} {guest[A1]:x} {guest[A2]:x} {guest[A3]:x}", guest.Block);
    }
}
