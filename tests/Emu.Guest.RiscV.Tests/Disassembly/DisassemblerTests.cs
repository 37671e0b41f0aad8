using System.Globalization;
using Assert = Xunit.Assert;

namespace Emu.Guest.RiscV.Tests;

/// <summary>The disassembler against checked-in texts, which <see cref="ObjdumpTests"/> compares with objdump where it is installed.</summary>
public class DisassemblerTests
{
    [Test]
    public void Texts_are_the_golden_ones()
    {
        var lines = TextFile.Read("golden.txt").ToList();
        Assert.True(lines.Count > 1000);
        foreach (var (word, texts) in lines)
            Assert.Equal((Hex(word), texts[0]), (Hex(word), Disassembler.ToText(Divergence.Decode(word), 0)));
    }

    [Test]
    public void Divergent_texts_are_the_pinned_ones()
    {
        foreach (var (word, texts) in TextFile.Read("divergences.txt"))
        {
            Assert.Equal((Hex(word), texts[0]), (Hex(word), Disassembler.ToText(Divergence.Decode(word), 0)));
            Assert.NotEqual(texts[0], texts[1]);
        }
    }

    [Test]
    public void Every_row_is_among_the_golden_or_the_pinned_texts()
    {
        var seen = TextFile.Read("golden.txt").Concat(TextFile.Read("divergences.txt")).Select(static line => Divergence.Decode(line.Word).Opcode).ToHashSet();
        Assert.Empty(InstructionSampler.Opcodes.ToArray().Except(seen));
    }

    [Test]
    public void Targets_are_absolute_addresses()
    {
        Assert.Equal("j\t0x1010", Disassembler.ToText(new Instruction(Opcode.Jal, InstructionEncoder.Jal(XRegister.Zero, 16)), 0x1000));
        Assert.Equal("beqz\ta0,0xfffffffffffffffe",
            Disassembler.ToText(new Instruction(Opcode.CBeqz, InstructionEncoder.CBeqz(XRegister.A0, -2)), 0));
    }

    [Test]
    public void Missing_bytes_are_no_instruction()
    {
        Assert.Equal(Opcode.Illegal, Instruction.Decode([]).Opcode);
        Assert.Equal(Opcode.Illegal, Instruction.Decode([0x13]).Opcode);
        Assert.Equal(Opcode.Illegal, Instruction.Decode([0x13, 0, 0]).Opcode);
        Assert.Equal(Opcode.Addi, Instruction.Decode([0x13, 0, 0, 0]).Opcode);
    }

    private static string Hex(uint word) => word.ToString("x8", CultureInfo.InvariantCulture);
}
