using System.Globalization;
using TUnit.Assertions.Enums;

namespace Emu.Guest.RiscV.Tests;

/// <summary>The disassembler against binutils' objdump: on all compressed encodings, and on every 32-bit row with random operands.</summary>
public class ObjdumpTests
{
    private const int Seed = 20241;

    /// <summary>The programs' stride: what stands at which address does not matter but for branch targets.</summary>
    private const ulong Stride = 16;

    [Test]
    public async Task All_compressed_encodings_read_as_objdump_prints_them() =>
        await Compare([.. Enumerable.Range(0, 0x10000).Where(static word => (word & 3) != 3).Select(static word => (uint)word)]);

    [Test]
    public async Task All_rows_with_random_operands_read_as_objdump_prints_them()
    {
        var random = new Random(Seed);
        var sampler = new InstructionSampler(random);
        List<uint> words = [];
        foreach (var opcode in InstructionSampler.Opcodes)
            for (var i = 0; i < 200; i++)
                words.Add(WithZeros(random, sampler.Next(opcode)));
        await Compare(words);
    }

    [Test]
    public async Task Random_words_read_as_objdump_prints_them()
    {
        var random = new Random(Seed);
        await Compare([.. Enumerable.Range(0, 30_000).Select(_ => (uint)random.NextInt64(1L << 32) | 3).Where(static word => (word & 0x1F) != 0x1F)]);
    }

    [Test]
    public async Task All_control_registers_have_the_names_that_objdump_prints() =>
        await Compare([.. Enumerable.Range(0, 0x1000).Select(static number => InstructionEncoder.Csrrw(XRegister.A0, (uint)number, XRegister.A1))]);

    /// <summary>The golden texts are for address 0, where <see cref="DisassemblerTests"/> has compared them with ours.</summary>
    [Test]
    public async Task Golden_words_read_as_objdump_prints_them() => await Compare([.. TextFile.Read("golden.txt").Select(static line => line.Word)]);

    [Test]
    public async Task Pinned_divergences_are_what_objdump_prints()
    {
        Skip.Unless(Oracle.Objdump.Path is not null, Oracle.Objdump.SkipReason);
        foreach (var (word, texts) in TextFile.Read("divergences.txt"))
            await Assert.That((word.ToString("x8", CultureInfo.InvariantCulture), (await Objdump.Disassemble([word]))[0])).IsEqualTo((word.ToString("x8", CultureInfo.InvariantCulture), texts[1]));
    }

    /// <summary>objdump completes an address whose upper part it remembers from an earlier lui or auipc.</summary>
    [Test]
    public async Task Objdump_remembers_upper_parts_of_addresses_and_we_do_not()
    {
        Skip.Unless(Oracle.Objdump.Path is not null, Oracle.Objdump.SkipReason);
        uint[] words = [InstructionEncoder.Lui(XRegister.A0, 0x12345000), InstructionEncoder.Ld(XRegister.A1, XRegister.A0, 8)];
        await Assert.That(await Objdump.Disassemble(words)).IsEquivalentTo(["lui\ta0,0x12345", "ld\ta1,8(a0) # 0x12345008"], CollectionOrdering.Matching);
        await Assert.That(Disassembler.ToText(new Instruction(Opcode.Ld, words[1]), 16)).IsEqualTo("ld\ta1,8(a0)");
    }

    private static async Task Compare(IReadOnlyList<uint> words)
    {
        Skip.Unless(Oracle.Objdump.Path is not null, Oracle.Objdump.SkipReason);
        List<string> wrong = [];
        await CompareIn([.. words.Where(static word => !Divergence.IsRemembered(word))], wrong);
        await CompareIn([.. words.Where(Divergence.IsRemembered)], wrong);
        await Assert.That(wrong.Count == 0).IsTrue().Because($"seed {Seed}, {wrong.Count} texts differ:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static async Task CompareIn(IReadOnlyList<uint> words, List<string> wrong)
    {
        if (words.Count == 0)
            return;
        var theirs = await Objdump.Disassemble(words, Stride);
        for (var i = 0; i < words.Count; i++)
        {
            var instruction = Divergence.Decode(words[i]);
            var ours = Disassembler.ToText(instruction, (ulong)i * Stride);
            if (ours != theirs[i] && !Divergence.IsPinned(instruction))
                wrong.Add($"0x{words[i]:x8}: '{ours}', objdump '{theirs[i]}'");
        }
    }

    /// <summary>Aliases are for zeros: makes one of the register or immediate fields zero, or the base tp, in some of the words.</summary>
    private static uint WithZeros(Random random, Instruction instruction)
    {
        var mask = random.Next(8) switch { 0 => 0xF8000u, 1 => 0x1F00000u, 2 => 0xF80u, 3 => 0x1FF8000u, 4 => 0xFFF00000u, 5 => 0xFFFFFF80u, _ => 0u };
        var free = InstructionTables.Free[(int)instruction.Opcode];
        var bits = instruction.Bits & ~(mask & free);
        if (random.Next(8) == 0 && (free & 0xF8000) == 0xF8000)
            bits = (bits & ~0xF8000u) | ((uint)XRegister.Tp << 15);
        return InstructionDecoder.Decode(bits) == instruction.Opcode ? bits : instruction.Bits;
    }
}
