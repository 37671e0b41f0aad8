namespace Emu.Linux.Symbols.Dwarf;

/// <summary>The sections of a file that debugging information is spread over (DWARF 5, appendix B); what is not there is empty.</summary>
internal sealed class DwarfSections(ElfSections file)
{
    public byte[] Info { get; } = file.Read(".debug_info");

    public byte[] Abbreviations { get; } = file.Read(".debug_abbrev");

    public byte[] Lines { get; } = file.Read(".debug_line");

    public byte[] Strings { get; } = file.Read(".debug_str");

    public byte[] LineStrings { get; } = file.Read(".debug_line_str");

    public byte[] StringOffsets { get; } = file.Read(".debug_str_offsets");

    public byte[] Addresses { get; } = file.Read(".debug_addr");

    public byte[] Ranges { get; } = file.Read(".debug_ranges");

    public byte[] RangeLists { get; } = file.Read(".debug_rnglists");

    /// <summary>The text at an offset of one of the sections of strings.</summary>
    public static string TextAt(byte[] section, ulong offset) => new DwarfReader(section, offset).Text();
}
