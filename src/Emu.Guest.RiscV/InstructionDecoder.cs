namespace Emu.Guest.RiscV;

/// <summary>Finds the instruction that a word encodes, by the tree that the tables were turned into.</summary>
public static class InstructionDecoder
{
    private const int Leaf = 0x8000;

    /// <summary>
    /// The instruction at the start of <paramref name="bits"/>: all 32 bits if the two lowest are ones, else the low 16 and
    /// the rest is ignored. <see cref="Opcode.Illegal"/> if there is none.
    /// </summary>
    public static Opcode Decode(uint bits)
    {
        var trie = InstructionTables.Trie;
        int node = 0;
        do
        {
            int header = trie[node];
            node = trie[node + 1 + (int)((bits >> (header & 31)) & ((uint)header >> 5))];
        }
        while (node < Leaf);
        var opcode = node - Leaf;
        while (opcode != 0 && !Fits(opcode, bits))
            opcode = InstructionTables.Fallbacks[opcode];
        return (Opcode)opcode;
    }

    /// <summary>The instruction that a word encodes where a narrower one is not there: a hint is a hint to CPUs that do not know it, too.</summary>
    internal static Opcode Fallback(Opcode opcode, uint bits)
    {
        int wider = InstructionTables.Fallbacks[(int)opcode];
        while (wider != 0 && !Fits(wider, bits))
            wider = InstructionTables.Fallbacks[wider];
        return (Opcode)wider;
    }

    /// <summary>Bytes of the instruction that starts with the given 16 bits, by the rule for the standard's lengths (Unpriv. ISA 1.5): 2 or 4.</summary>
    public static int LengthOf(uint bits) => (bits & 3) == 3 ? 4 : 2;

    private static bool Fits(int opcode, uint bits)
    {
        if ((bits & InstructionTables.Masks[opcode]) != InstructionTables.Matches[opcode])
            return false;
        var end = InstructionTables.ExclusionStarts[opcode + 1];
        for (int i = InstructionTables.ExclusionStarts[opcode]; i < end; i++)
            if ((bits & InstructionTables.ExclusionMasks[i]) == InstructionTables.ExclusionMatches[i])
                return false;
        return true;
    }
}
