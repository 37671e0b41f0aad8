using Assert = Xunit.Assert;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Assembler, decoder and disassembler agree.</summary>
public class AssemblerTests
{
    [Test]
    public void Words_and_labels_are_where_they_were_put()
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

        Assert.Equal(
            ["li\ta0,-1", "beqz\ta0,0x1010", "bne\ta0,a1,0x1000", "jal\t0x1010", "j\t0x1000", "ecall"], Texts(code.ToArray(), 0x1000));
    }

    [Test]
    public void Operands_that_do_not_fit_are_refused()
    {
        var code = new Assembler();
        Assert.Throws<ArgumentOutOfRangeException>(() => code.Addi(XRegister.A0, XRegister.A0, 2048));
        Assert.Throws<ArgumentOutOfRangeException>(() => code.Slli(XRegister.A0, XRegister.A0, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => code.Jal(XRegister.A0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => code.CLw(XRegister.A0, XRegister.T0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => code.CLw(XRegister.A0, XRegister.A1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => code.CLwsp(XRegister.Zero, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => code.Lui(XRegister.A0, 1));
        Assert.Equal(0, code.Length);
    }

    [Test]
    public void A_label_must_be_placed_once_and_within_reach()
    {
        var code = new Assembler();
        var label = new Label();
        code.CBeqz(XRegister.A0, label);
        Assert.Throws<InvalidOperationException>(code.ToArray);
        for (var i = 0; i < 200; i++)
            code.CNop(0);
        code.Place(label);
        Assert.Throws<ArgumentOutOfRangeException>(code.ToArray);
        Assert.Throws<InvalidOperationException>(() => code.Place(label));
    }

    [Test]
    public void A_compressed_instruction_expands_to_what_it_reads_like()
    {
        var sampler = new InstructionSampler(new Random(7));
        foreach (var opcode in InstructionSampler.Opcodes)
            for (var i = 0; i < 50; i++)
            {
                var instruction = sampler.Next(opcode);
                var expanded = instruction.Expanded;
                Assert.Equal(4, expanded.Length);
                Assert.True(IsOrWidens(expanded.Opcode, InstructionDecoder.Decode(expanded.Bits)), instruction.ToString());
                Assert.Equal(expanded, expanded.Expanded);
                Assert.Equal(instruction.Class, expanded.Class);
            }
    }

    [Test]
    public void Registers_read_and_written_are_those_of_the_operands()
    {
        Assert.Equal(("sp a1", "a0"), Sets(new Instruction(Opcode.Add, InstructionEncoder.Add(XRegister.A0, XRegister.Sp, XRegister.A1))));
        Assert.Equal(("sp a1", ""), Sets(new Instruction(Opcode.CSdsp, InstructionEncoder.CSdsp(XRegister.A1, 8))));
        Assert.Equal(("", "ra"), Sets(new Instruction(Opcode.Jal, InstructionEncoder.Jal(XRegister.Ra, 8))));
        Assert.Equal(("a0", ""), Sets(new Instruction(Opcode.CJr, InstructionEncoder.CJr(XRegister.A0))));
        Assert.Equal(("ft0 fa0 fs11", "fa1"), Sets(new Instruction(
            Opcode.FmaddD, InstructionEncoder.FmaddD(FRegister.Fa1, FRegister.Ft0, FRegister.Fa0, FRegister.Fs11, 7))));
        Assert.Equal(("a0 ft0", ""), Sets(new Instruction(Opcode.Fsw, InstructionEncoder.Fsw(FRegister.Ft0, XRegister.A0, 4))));
        Assert.Equal(("", ""), Sets(new Instruction(Opcode.Ecall, InstructionEncoder.Ecall())));
    }

    [Test]
    public void Straight_lines_have_no_way_out()
    {
        const int seed = 99;
        var sampler = new StraightLineSampler(new Random(seed));
        HashSet<Opcode> seen = [];
        for (var i = 0; i < 20_000; i++)
        {
            var instruction = sampler.Next();
            seen.Add(instruction.Opcode);
            Assert.Equal(instruction.Opcode, InstructionDecoder.Decode(instruction.Bits));
            Assert.DoesNotContain(StraightLineSampler.Bases, instruction.Writes.Contains);
            Assert.False(instruction.Class is InstructionClass.Jump or InstructionClass.Branch or InstructionClass.System, $"seed {seed}: {instruction}");
        }

        Assert.DoesNotContain(
            InstructionSampler.Opcodes,
            opcode => !seen.Contains(opcode) && CpuModel.General.Has(opcode) && opcode is not (Opcode.Auipc or Opcode.CAddi16sp)
                && InstructionSampler.ClassOf(opcode) is InstructionClass.Alu or InstructionClass.Load or InstructionClass.Atomic or InstructionClass.FpFma);
    }

    [Test]
    public void Equal_seeds_give_equal_code() =>
        Assert.Equal(new StraightLineSampler(new Random(5)).NextCode(100), new StraightLineSampler(new Random(5)).NextCode(100));

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
