using TUnit.Assertions.Enums;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Assembler, decoder and disassembler agree.</summary>
public class AssemblerTests
{
    [Test]
    public async Task Words_and_labels_are_where_they_were_put()
    {
        var code = new Assembler();
        var (start, end) = (new Label(), new Label());
        code.Place(start);
        code.Addi(XRegister.A0, XRegister.Zero, -1);
        code.CBeqz(XRegister.A0, end);
        code.Bne(XRegister.A0, XRegister.A1, start);
        code.Jal(XRegister.Ra, end);
        code.CJ(start);
        code.Place(end);
        code.Ecall();

        await Assert.That(Texts(code.ToArray(), 0x1000)).IsEquivalentTo(["li\ta0,-1", "beqz\ta0,0x1010", "bne\ta0,a1,0x1000", "jal\t0x1010", "j\t0x1000", "ecall"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Operands_that_do_not_fit_are_refused()
    {
        var code = new Assembler();
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => code.Addi(XRegister.A0, XRegister.A0, 2048));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => code.Slli(XRegister.A0, XRegister.A0, 64));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => code.Jal(XRegister.A0, 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => code.CLw(XRegister.A0, XRegister.T0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => code.CLw(XRegister.A0, XRegister.A1, 2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => code.CLwsp(XRegister.Zero, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => code.Lui(XRegister.A0, 1));
        await Assert.That(code.Length).IsEqualTo(0);
    }

    [Test]
    public void A_label_must_be_placed_once_and_within_reach()
    {
        var code = new Assembler();
        var label = new Label();
        code.CBeqz(XRegister.A0, label);
        Assert.ThrowsExactly<InvalidOperationException>(() => code.ToArray());
        for (var i = 0; i < 200; i++)
            code.CNop(0);
        code.Place(label);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => code.ToArray());
        Assert.ThrowsExactly<InvalidOperationException>(() => code.Place(label));
    }

    [Test]
    public async Task A_compressed_instruction_expands_to_what_it_reads_like()
    {
        var sampler = new InstructionSampler(new Random(7));
        foreach (var opcode in InstructionSampler.Opcodes)
            for (var i = 0; i < 50; i++)
            {
                var instruction = sampler.Next(opcode);
                var expanded = instruction.Expanded;
                await Assert.That(expanded.Length).IsEqualTo(4);
                await Assert.That(IsOrWidens(expanded.Opcode, InstructionDecoder.Decode(expanded.Bits))).IsTrue().Because(instruction.ToString());
                await Assert.That(expanded.Expanded).IsEqualTo(expanded);
                await Assert.That(expanded.Class).IsEqualTo(instruction.Class);
            }
    }

    [Test]
    public async Task Registers_read_and_written_are_those_of_the_operands()
    {
        await Assert.That(Sets(new Instruction(Opcode.Add, InstructionEncoder.Add(XRegister.A0, XRegister.Sp, XRegister.A1)))).IsEqualTo(("sp a1", "a0"));
        await Assert.That(Sets(new Instruction(Opcode.CSdsp, InstructionEncoder.CSdsp(XRegister.A1, 8)))).IsEqualTo(("sp a1", ""));
        await Assert.That(Sets(new Instruction(Opcode.Jal, InstructionEncoder.Jal(XRegister.Ra, 8)))).IsEqualTo(("", "ra"));
        await Assert.That(Sets(new Instruction(Opcode.CJr, InstructionEncoder.CJr(XRegister.A0)))).IsEqualTo(("a0", ""));
        await Assert.That(Sets(new Instruction(
            Opcode.FmaddD, InstructionEncoder.FmaddD(FRegister.Fa1, FRegister.Ft0, FRegister.Fa0, FRegister.Fs11, 7)))).IsEqualTo(("ft0 fa0 fs11", "fa1"));
        await Assert.That(Sets(new Instruction(Opcode.Fsw, InstructionEncoder.Fsw(FRegister.Ft0, XRegister.A0, 4)))).IsEqualTo(("a0 ft0", ""));
        await Assert.That(Sets(new Instruction(Opcode.Ecall, InstructionEncoder.Ecall()))).IsEqualTo(("", ""));
    }

    [Test]
    public async Task Straight_lines_have_no_way_out()
    {
        const int seed = 99;
        var sampler = new StraightLineSampler(new Random(seed));
        HashSet<Opcode> seen = [];
        for (var i = 0; i < 20_000; i++)
        {
            var instruction = sampler.Next();
            seen.Add(instruction.Opcode);
            await Assert.That(InstructionDecoder.Decode(instruction.Bits)).IsEqualTo(instruction.Opcode);
            await Assert.That(StraightLineSampler.Bases).DoesNotContain(instruction.Writes.Contains);
            await Assert.That(instruction.Class is InstructionClass.Jump or InstructionClass.Branch or InstructionClass.System).IsFalse().Because($"seed {seed}: {instruction}");
        }

        await Assert.That(InstructionSampler.Opcodes).DoesNotContain(opcode => !seen.Contains(opcode) && CpuModel.General.Has(opcode) && opcode is not (Opcode.Auipc or Opcode.CAddi16sp)
                && InstructionSampler.ClassOf(opcode) is InstructionClass.Alu or InstructionClass.Load or InstructionClass.Atomic or InstructionClass.FpFma);
    }

    [Test]
    public async Task Equal_seeds_give_equal_code() =>
        await Assert.That(new StraightLineSampler(new Random(5)).NextCode(100)).IsEquivalentTo(new StraightLineSampler(new Random(5)).NextCode(100), CollectionOrdering.Matching);

    /// <summary>A compressed hint may expand to a word that a narrower row is decoded from.</summary>
    private static bool IsOrWidens(Opcode wide, Opcode decoded) => decoded == wide || InstructionTables.Fallbacks[(int)decoded] == (int)wide;

    private static (string Reads, string Writes) Sets(Instruction instruction) => (instruction.Reads.ToString(), instruction.Writes.ToString());

    private static List<string> Texts(byte[] code, ulong pc)
    {
        List<string> texts = [];
        for (var i = 0; i < code.Length;)
        {
            var instruction = Instruction.Decode(code.AsSpan(i));
            texts.Add(Disassembler.ToText(instruction, pc + (ulong)i));
            i += instruction.Length;
        }

        return texts;
    }
}
