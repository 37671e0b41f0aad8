namespace Emu.Generators.Isa;

/// <summary>The fixed, free and ignored bits of an encoding, as its row writes them.</summary>
internal sealed record BitPattern(int Length, uint Mask, uint Match, uint Free)
{
    /// <summary>Reads a cell of 16 or 32 characters '0', '1', '.' and '-'; null with a reason if it is none.</summary>
    public static BitPattern? Parse(string cell, out string? error)
    {
        error = cell.Length is not (16 or 32) ? $"an encoding has 16 or 32 bits, not {cell.Length}" : null;
        uint mask = 0, match = 0, free = 0;
        foreach (var bit in cell)
        {
            mask = (mask << 1) | (bit is '0' or '1' ? 1u : 0u);
            match = (match << 1) | (bit == '1' ? 1u : 0u);
            free = (free << 1) | (bit == '.' ? 1u : 0u);
            if (bit is not ('0' or '1' or '.' or '-'))
                error ??= $"'{bit}' is no bit of an encoding";
        }

        // The two lowest bits tell the length: Unpriv. ISA 1.5.
        if (error is null && ((mask & 3) != 3 || ((match & 3) == 3) != (cell.Length == 32)))
            error = $"the two lowest bits do not say {cell.Length} bits";
        return error is null ? new BitPattern(cell.Length, mask, match, free) : null;
    }

    /// <summary>True if some word fits both.</summary>
    public bool Overlaps(BitPattern other) => ((Match ^ other.Match) & Mask & other.Mask) == 0;

    /// <summary>True if each word that fits this one fits the other.</summary>
    public bool IsWithin(BitPattern other) => Overlaps(other) && (Mask & other.Mask) == other.Mask;
}
