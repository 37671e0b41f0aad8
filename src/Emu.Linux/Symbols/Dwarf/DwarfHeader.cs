namespace Emu.Linux.Symbols.Dwarf;

/// <summary>What a unit begins with (DWARF 5, 7.5.1).</summary>
/// <param name="Start">Where it begins in .debug_info.</param>
/// <param name="FirstEntry">Where its first entry stands.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Encoding">How long values are.</param>
/// <param name="Abbreviations">Where its shapes begin in .debug_abbrev.</param>
/// <param name="HoldsCode">False for units of types.</param>
internal readonly record struct DwarfHeader(int Start, int FirstEntry, int End, DwarfEncoding Encoding, ulong Abbreviations, bool HoldsCode)
{
    private const int CompileUnit = 1;   // DW_UT_compile
    private const int PartialUnit = 3;   // DW_UT_partial
    private const int SkeletonUnit = 4;  // DW_UT_skeleton
    private const int SplitUnit = 5;     // DW_UT_split_compile

    /// <summary>Reads it and goes to the next unit.</summary>
    public static DwarfHeader Read(ref DwarfReader reader)
    {
        var start = reader.Position;
        var length = reader.Length(out var is64);
        var unit = reader.Until(Math.Min(length, int.MaxValue) + (ulong)reader.Position);
        reader.Skip(length);
        var version = unit.U16();
        var type = version >= 5 ? unit.U8() : CompileUnit;
        var addressSize = version >= 5 ? unit.U8() : 0;
        var abbreviations = unit.Offset(is64);
        if (version < 5)
            addressSize = unit.U8();
        else if (type is SkeletonUnit or SplitUnit)
            unit.Skip(8); // the identity of the other half
        return new(start, unit.Position, reader.Position, new(version, is64, addressSize), abbreviations, type is CompileUnit or PartialUnit or SkeletonUnit);
    }
}
