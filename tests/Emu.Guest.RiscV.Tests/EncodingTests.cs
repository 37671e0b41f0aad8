namespace Emu.Guest.RiscV.Tests;

/// <summary>The tables: each row decodes to itself, whatever its operands.</summary>
public class EncodingTests
{
    private const int Seed = 20240;

    public static IEnumerable<Opcode> Opcodes() => [.. InstructionSampler.Opcodes];

    [Test]
    [MethodDataSource(nameof(Opcodes))]
    public async Task Row_decodes_to_itself_or_to_a_row_declared_narrower(Opcode opcode)
    {
        var random = new Random(Seed);
        for (var i = 0; i < 500; i++)
        {
            var bits = InstructionTables.Matches[(int)opcode] | ((uint)random.NextInt64(1L << 32) & InstructionTables.Free[(int)opcode]);
            var decoded = InstructionDecoder.Decode(bits);
            await Assert.That(decoded == opcode || IsOver(decoded, opcode) || IsReserved(opcode, bits)).IsTrue().Because($"seed {Seed}: 0x{bits:x} is {decoded}, not {opcode}");
        }
    }

    [Test]
    [MethodDataSource(nameof(Opcodes))]
    public async Task Sampler_gives_the_instruction_it_is_asked_for(Opcode opcode)
    {
        var sampler = new InstructionSampler(new Random(Seed));
        for (var i = 0; i < 100; i++)
        {
            var instruction = sampler.Next(opcode);
            await Assert.That((instruction.Bits, instruction.Opcode)).IsEqualTo((instruction.Bits, opcode));
            await Assert.That((instruction.Bits, InstructionDecoder.Decode(instruction.Bits))).IsEqualTo((instruction.Bits, opcode));
        }
    }

    /// <summary>The tree against the definition: of all rows that fit a word, the narrowest.</summary>
    [Test]
    public async Task Tree_finds_what_a_search_through_all_rows_finds()
    {
        var random = new Random(Seed);
        for (var bits = 0u; bits < 0x10000; bits++)
            if ((bits & 3) != 3)
                await Assert.That((bits, InstructionDecoder.Decode(bits))).IsEqualTo((bits, Search(bits)));
        for (var i = 0; i < 200_000; i++)
        {
            // The major opcode that is drawn has instructions, most of the time.
            var bits = (uint)random.NextInt64(1L << 32) | 3;
            if (i % 4 != 0)
                bits = (bits & ~0x7Fu) | (InstructionTables.Matches[random.Next(1, InstructionTables.Count)] & 0x7F) | 3;
            await Assert.That(Search(bits) == InstructionDecoder.Decode(bits)).IsTrue().Because($"seed {Seed}: 0x{bits:x8} is {Search(bits)}");
        }
    }

    [Test]
    public async Task Upper_half_of_the_word_does_not_change_a_compressed_instruction()
    {
        for (var bits = 0u; bits < 0x10000; bits++)
            if ((bits & 3) != 3)
                await Assert.That((bits, InstructionDecoder.Decode(bits | 0xFFFF0000))).IsEqualTo((bits, InstructionDecoder.Decode(bits)));
    }

    private static Opcode Search(uint bits)
    {
        var best = 0;
        for (var row = 1; row < InstructionTables.Count; row++)
            if ((bits & InstructionTables.Masks[row]) == InstructionTables.Matches[row] && !IsReserved((Opcode)row, bits)
                && (best == 0 || IsOver((Opcode)row, (Opcode)best)))
                best = row;
        return (Opcode)best;
    }

    private static bool IsOver(Opcode narrow, Opcode wide)
    {
        var opcode = (int)narrow;
        while (opcode != 0 && opcode != (int)wide)
            opcode = InstructionTables.Fallbacks[opcode];
        return opcode != 0;
    }

    private static bool IsReserved(Opcode opcode, uint bits)
    {
        for (int i = InstructionTables.ExclusionStarts[(int)opcode]; i < InstructionTables.ExclusionStarts[(int)opcode + 1]; i++)
            if ((bits & InstructionTables.ExclusionMasks[i]) == InstructionTables.ExclusionMatches[i])
                return true;
        return false;
    }
}
