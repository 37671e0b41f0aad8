namespace Emu.Linux.Symbols.Dwarf;

/// <summary>The tags of entries that are looked at (DWARF 5, 7.5.3).</summary>
internal enum DwarfTag
{
    CompileUnit = 0x11,
    InlinedSubroutine = 0x1d,
    Subprogram = 0x2e,
    PartialUnit = 0x3c,
    SkeletonUnit = 0x4a,
}

/// <summary>The attributes that are looked at (DWARF 5, 7.5.4).</summary>
internal enum DwarfAttribute
{
    Name = 0x03,
    StatementList = 0x10,
    LowPc = 0x11,
    HighPc = 0x12,
    CompilationDirectory = 0x1b,
    AbstractOrigin = 0x31,
    DeclarationFile = 0x3a,
    DeclarationLine = 0x3b,
    Specification = 0x47,
    Ranges = 0x55,
    CallColumn = 0x57,
    CallFile = 0x58,
    CallLine = 0x59,
    LinkageName = 0x6e,
    StringOffsetsBase = 0x72,
    AddressBase = 0x73,
    RangeListsBase = 0x74,

    /// <summary>DW_AT_MIPS_linkage_name, which compilers wrote before there was the standard's.</summary>
    OldLinkageName = 0x2007,
}
