namespace Emu.Linux.Symbols.Dwarf;

/// <summary>An entry of .debug_info: of its attributes those that places and names come from.</summary>
internal struct DwarfEntry
{
    /// <summary>Where it stands in .debug_info.</summary>
    public int Place;

    public DwarfTag Tag;
    public bool HasChildren;
    public DwarfValue Name;
    public DwarfValue LinkageName;
    public DwarfValue StatementList;
    public DwarfValue LowPc;
    public DwarfValue HighPc;
    public DwarfValue Ranges;
    public DwarfValue CompilationDirectory;

    /// <summary>The entry that tells the rest: the abstract instance or the declaration.</summary>
    public DwarfValue Origin;

    public DwarfValue DeclarationFile;
    public DwarfValue DeclarationLine;
    public DwarfValue CallFile;
    public DwarfValue CallLine;
    public DwarfValue CallColumn;
    public DwarfValue StringOffsetsBase;
    public DwarfValue AddressBase;
    public DwarfValue RangeListsBase;

    /// <summary>Reads the next entry; false at the end of a list of children, and where the shape is not known, which breaks the rest of the unit.</summary>
    public static bool TryRead(ref DwarfReader reader, DwarfAbbreviations shapes, in DwarfEncoding encoding, out DwarfEntry entry)
    {
        entry = new DwarfEntry { Place = reader.Position };
        var code = reader.Uleb();
        if (code == 0)
            return false;
        if (shapes.Find(code) is not { } shape)
        {
            reader.Skip(ulong.MaxValue);
            return false;
        }

        (entry.Tag, entry.HasChildren) = (shape.Tag, shape.HasChildren);
        foreach (var attribute in shape.Attributes)
            entry.Set(attribute.Attribute, DwarfValue.Read(ref reader, attribute.Form, attribute.Constant, encoding));
        return !reader.IsBroken;
    }

    private void Set(DwarfAttribute attribute, DwarfValue value)
    {
        switch (attribute)
        {
            case DwarfAttribute.Name: Name = value; break;
            case DwarfAttribute.LinkageName or DwarfAttribute.OldLinkageName: LinkageName = value; break;
            case DwarfAttribute.StatementList: StatementList = value; break;
            case DwarfAttribute.LowPc: LowPc = value; break;
            case DwarfAttribute.HighPc: HighPc = value; break;
            case DwarfAttribute.Ranges: Ranges = value; break;
            case DwarfAttribute.CompilationDirectory: CompilationDirectory = value; break;
            case DwarfAttribute.AbstractOrigin or DwarfAttribute.Specification: Origin = value; break;
            case DwarfAttribute.DeclarationFile: DeclarationFile = value; break;
            case DwarfAttribute.DeclarationLine: DeclarationLine = value; break;
            case DwarfAttribute.CallFile: CallFile = value; break;
            case DwarfAttribute.CallLine: CallLine = value; break;
            case DwarfAttribute.CallColumn: CallColumn = value; break;
            case DwarfAttribute.StringOffsetsBase: StringOffsetsBase = value; break;
            case DwarfAttribute.AddressBase: AddressBase = value; break;
            case DwarfAttribute.RangeListsBase: RangeListsBase = value; break;
            default: break; // Types, variables and the like.
        }
    }
}
