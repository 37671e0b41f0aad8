using System.Globalization;

namespace Emu.Guest.RiscV.Tests;

/// <summary>The disassembler against checked-in texts, which <see cref="ObjdumpTests"/> compares with objdump where it is installed.</summary>
public class DisassemblerTests
{
    [Test]
    public async Task Texts_are_the_golden_ones()
    {
        var lines = TextFile.Read("golden.txt").ToList();
        await Assert.That(lines.Count > 1000).IsTrue();
        foreach (var (word, texts) in lines)
            await Assert.That((Hex(word), Disassembler.ToText(Divergence.Decode(word), 0))).IsEqualTo((Hex(word), texts[0]));
    }

    [Test]
    public async Task Divergent_texts_are_the_pinned_ones()
    {
        foreach (var (word, texts) in TextFile.Read("divergences.txt"))
        {
            await Assert.That((Hex(word), Disassembler.ToText(Divergence.Decode(word), 0))).IsEqualTo((Hex(word), texts[0]));
            await Assert.That(texts[1]).IsNotEqualTo(texts[0]);
        }
    }

    [Test]
    public async Task Every_row_is_among_the_golden_or_the_pinned_texts()
    {
        var seen = TextFile.Read("golden.txt").Concat(TextFile.Read("divergences.txt")).Select(static line => Divergence.Decode(line.Word).Opcode).ToHashSet();
        await Assert.That(InstructionSampler.Opcodes.ToArray().Except(seen)).IsEmpty();
    }

    [Test]
    public async Task Targets_are_absolute_addresses()
    {
        await Assert.That(Disassembler.ToText(new Instruction(Opcode.Jal, InstructionEncoder.Jal(XRegister.Zero, 16)), 0x1000)).IsEqualTo("j\t0x1010");
        await Assert.That(Disassembler.ToText(new Instruction(Opcode.CBeqz, InstructionEncoder.CBeqz(XRegister.A0, -2)), 0)).IsEqualTo("beqz\ta0,0xfffffffffffffffe");
    }

    [Test]
    public async Task Missing_bytes_are_no_instruction()
    {
        await Assert.That(Instruction.Decode([]).Opcode).IsEqualTo(Opcode.Illegal);
        await Assert.That(Instruction.Decode([0x13]).Opcode).IsEqualTo(Opcode.Illegal);
        await Assert.That(Instruction.Decode([0x13, 0, 0]).Opcode).IsEqualTo(Opcode.Illegal);
        await Assert.That(Instruction.Decode([0x13, 0, 0, 0]).Opcode).IsEqualTo(Opcode.Addi);
    }

    private static string Hex(uint word) => word.ToString("x8", CultureInfo.InvariantCulture);
}
