namespace Emu.Linux.Symbols.Dwarf;

/// <summary>A compilation unit: its code's addresses, which are the file's, and the line table and functions of it, each read when it is first asked for. Thread-safe.</summary>
internal sealed class DwarfUnit
{
    private const int OldestVersion = 2;
    private const int NewestVersion = 5;

    private readonly DwarfEntry _root;
    private readonly Lazy<LineTable> _lines;
    private readonly Lazy<FunctionTree> _functions;
    private readonly Lazy<DwarfAbbreviations> _shapes;

    private DwarfUnit(DwarfSections sections, in DwarfHeader header, Lazy<DwarfAbbreviations> shapes)
    {
        (Sections, Header, _shapes) = (sections, header, shapes);
        var reader = new DwarfReader(sections.Info, (ulong)header.FirstEntry).Until((ulong)header.End);
        DwarfEntry.TryRead(ref reader, shapes.Value, header.Encoding, out _root);
        Directory = TextOf(_root.CompilationDirectory);
        Name = TextOf(_root.Name);
        _lines = new(() => _root.StatementList.IsThere ? LineTable.Read(sections, _root.StatementList.Bits, Directory) : LineTable.Empty);
        _functions = new(() => FunctionTree.Read(this));
    }

    public DwarfSections Sections { get; }

    public DwarfHeader Header { get; }

    /// <summary>Where it was compiled; empty if it does not say.</summary>
    public string Directory { get; }

    /// <summary>The source file that was compiled; empty if it does not say.</summary>
    public string Name { get; }

    public DwarfAbbreviations Shapes => _shapes.Value;

    public LineTable Lines => _lines.Value;

    public FunctionTree Functions => _functions.Value;

    /// <summary>What the addresses of ranges are added to, and where lists of ranges, addresses and texts of this unit begin.</summary>
    public ulong LowPc => AddressOf(_root.LowPc);

    /// <summary>The addresses of its code.</summary>
    public IReadOnlyList<AddressSpan> Spans => DwarfRanges.Of(this, _root) is { Count: > 0 } spans ? spans : Lines.Spans;

    /// <summary>All units of a file. One that is broken may lack its successors.</summary>
    public static DwarfUnit[] ReadAll(DwarfSections sections)
    {
        var units = new List<DwarfUnit>();
        var shapes = new Dictionary<ulong, Lazy<DwarfAbbreviations>>();
        var reader = new DwarfReader(sections.Info);
        while (!reader.AtEnd)
        {
            var header = DwarfHeader.Read(ref reader);
            if (header.Encoding.Version is < OldestVersion or > NewestVersion || header.Encoding.AddressSize is < 1 or > 8 || !header.HoldsCode || reader.IsBroken)
                continue;
            if (!shapes.TryGetValue(header.Abbreviations, out var found))
                shapes[header.Abbreviations] = found = new(() => new DwarfAbbreviations(sections.Abbreviations, header.Abbreviations));
            units.Add(new DwarfUnit(sections, header, found));
        }

        return [.. units];
    }

    /// <summary>A text of this unit; empty for none, and for one in a file that several share.</summary>
    public string TextOf(DwarfValue value) => value.Form switch
    {
        DwarfForm.String => DwarfSections.TextAt(Sections.Info, value.Bits),
        DwarfForm.Strp => DwarfSections.TextAt(Sections.Strings, value.Bits),
        DwarfForm.LineStrp => DwarfSections.TextAt(Sections.LineStrings, value.Bits),
        DwarfForm.Strx or DwarfForm.Strx1 or DwarfForm.Strx2 or DwarfForm.Strx3 or DwarfForm.Strx4 => DwarfSections.TextAt(Sections.Strings, StringOffset(value.Bits)),
        _ => "",
    };

    /// <summary>An address of the file.</summary>
    public ulong AddressOf(DwarfValue value) => value.Form is DwarfForm.Addrx or DwarfForm.Addrx1 or DwarfForm.Addrx2 or DwarfForm.Addrx3 or DwarfForm.Addrx4
        ? AddressAt(value.Bits)
        : value.Bits;

    /// <summary>The address of an index.</summary>
    public ulong AddressAt(ulong index) => new DwarfReader(Sections.Addresses, Indexed(_root.AddressBase.Bits, index, (ulong)Header.Encoding.AddressSize)).Unsigned(Header.Encoding.AddressSize);

    /// <summary>Where a list of ranges of an index begins.</summary>
    public ulong RangeListAt(ulong index)
    {
        var start = _root.RangeListsBase.Bits;
        return start + new DwarfReader(Sections.RangeLists, Indexed(start, index, OffsetSize)).Offset(Header.Encoding.Is64);
    }

    private ulong OffsetSize => Header.Encoding.Is64 ? 8UL : 4;

    private ulong StringOffset(ulong index) => new DwarfReader(Sections.StringOffsets, Indexed(_root.StringOffsetsBase.Bits, index, OffsetSize)).Offset(Header.Encoding.Is64);

    /// <summary>Where an element stands; behind any section's end if that is nowhere.</summary>
    private static ulong Indexed(ulong start, ulong index, ulong size) => index < int.MaxValue && start < int.MaxValue ? start + index * size : ulong.MaxValue;
}
