using Emu.Plugins;

namespace Emu.Linux.Symbols.Dwarf;

/// <summary>
/// Source files and lines of one file, from its debugging information of DWARF 2 to 5. Addresses are the file's. Units, line tables and functions are read when an address of theirs is asked for;
/// what is broken has no lines. Thread-safe.
/// </summary>
internal sealed class DwarfFile
{
    private const int MostOrigins = 16;

    private readonly DwarfUnit[] _units;
    private readonly SpanMap<DwarfUnit> _places;

    private DwarfFile(DwarfSections? sections)
    {
        _units = sections is null ? [] : DwarfUnit.ReadAll(sections);
        var places = new List<(AddressSpan, DwarfUnit)>();
        foreach (var unit in _units)
            foreach (var span in unit.Spans)
                places.Add((span, unit));
        _places = new(places);
    }

    /// <summary>A file without debugging information.</summary>
    public static DwarfFile Empty { get; } = new(null);

    /// <summary>The debugging information of a file, or else of the one that holds what was stripped from it.</summary>
    public static DwarfFile Read(ElfSections file, ElfSections? stripped)
    {
        var own = new DwarfSections(file);
        return new(own.Lines.Length > 0 ? own : stripped is null ? null : new DwarfSections(stripped));
    }

    /// <summary>All pieces of code that have a line, unit by unit.</summary>
    public IEnumerable<SourceRange> Ranges
    {
        get
        {
            foreach (var unit in _units)
                foreach (var (row, end) in unit.Lines.Rows)
                    if (row.Line > 0)
                        yield return new(row.Address, end, unit.Lines.FileOf(row.File), (int)row.Line);
        }
    }

    /// <summary>All functions that have code of their own, unit by unit.</summary>
    public IEnumerable<SourceFunction> Functions
    {
        get
        {
            foreach (var unit in _units)
                foreach (var function in unit.Functions.All)
                {
                    var (name, file, line) = Describe(function.Place);
                    yield return new(name, function.Spans[0].Start, file, line);
                }
        }
    }

    /// <summary>Where the instruction at an address comes from: the innermost inlined function first; empty if that is not known.</summary>
    public IReadOnlyList<SourceFrame> FramesAt(ulong address)
    {
        foreach (var unit in _places.At(address))
            if (unit.Lines.TryFind(address, out var row))
                return FramesAt(unit, address, row);
        return [];
    }

    private List<SourceFrame> FramesAt(DwarfUnit unit, ulong address, in LineRow row)
    {
        var frames = new List<SourceFrame>();
        var (file, line, column) = ((ulong)row.File, (ulong)row.Line, (ulong)row.Column);
        var functions = unit.Functions.At(address);
        for (var index = functions.Count - 1; index >= 0; index--)
        {
            frames.Add(FrameOf(unit, Describe(functions[index].Place).Name, file, line, column));
            (file, line, column) = (functions[index].CallFile, functions[index].CallLine, functions[index].CallColumn);
        }

        if (frames.Count == 0)
            frames.Add(FrameOf(unit, "", file, line, column));
        return frames;
    }

    private static SourceFrame FrameOf(DwarfUnit unit, string function, ulong file, ulong line, ulong column) =>
        new(function, unit.Lines.FileOf(file), (int)Math.Min(line, int.MaxValue), (int)Math.Min(column, int.MaxValue));

    /// <summary>
    /// What an entry and those that it repeats tell: the name that the linker knows, or else that of the source, and where the function is declared, with file and line of 0 for nowhere.
    /// </summary>
    private (string Name, string File, int Line) Describe(int place)
    {
        var (linkage, name, file, line) = ("", "", "", 0UL);
        for (var left = MostOrigins; left > 0 && UnitAt(place) is { } unit; left--)
        {
            var reader = new DwarfReader(unit.Sections.Info, (ulong)place).Until((ulong)unit.Header.End);
            if (!DwarfEntry.TryRead(ref reader, unit.Shapes, unit.Header.Encoding, out var entry))
                break;
            linkage = linkage.Length > 0 ? linkage : unit.TextOf(entry.LinkageName);
            name = name.Length > 0 ? name : unit.TextOf(entry.Name);
            file = file.Length > 0 || !entry.DeclarationFile.IsThere ? file : unit.Lines.FileOf(entry.DeclarationFile.Bits);
            line = line > 0 ? line : entry.DeclarationLine.Bits;
            place = PlaceOf(unit, entry.Origin);
        }

        return (linkage.Length > 0 ? linkage : name, file, (int)Math.Min(line, int.MaxValue));
    }

    /// <summary>Where the entry stands that a value refers to; -1 for none, and for one in a file that several share.</summary>
    private static int PlaceOf(DwarfUnit unit, DwarfValue value)
    {
        var place = value.Form switch
        {
            DwarfForm.Ref1 or DwarfForm.Ref2 or DwarfForm.Ref4 or DwarfForm.Ref8 or DwarfForm.RefUdata => (ulong)unit.Header.Start + value.Bits,
            DwarfForm.RefAddr => value.Bits,
            _ => ulong.MaxValue,
        };
        return place < (ulong)unit.Sections.Info.Length ? (int)place : -1;
    }

    private DwarfUnit? UnitAt(int place)
    {
        var (low, high) = (0, _units.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_units[middle].Header.End <= place)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _units.Length && place >= _units[low].Header.FirstEntry ? _units[low] : null;
    }
}
