namespace Emu.Linux.Symbols.Dwarf;

/// <summary>Addresses of code.</summary>
/// <param name="Start">The first.</param>
/// <param name="End">That after the last.</param>
internal readonly record struct AddressSpan(ulong Start, ulong End)
{
    public bool Contains(ulong address) => address >= Start && address < End;
}

/// <summary>The addresses of an entry: one span, or a list (DWARF 5, 2.17.3; DWARF 4, 2.17.3).</summary>
internal static class DwarfRanges
{
    /// <summary>The spans of an entry; empty if it has no code.</summary>
    public static IReadOnlyList<AddressSpan> Of(DwarfUnit unit, in DwarfEntry entry)
    {
        var spans = new List<AddressSpan>();
        if (entry.Ranges.IsThere && unit.Header.Encoding.Version >= 5)
            ReadList(unit, entry.Ranges.Form == DwarfForm.Rnglistx ? unit.RangeListAt(entry.Ranges.Bits) : entry.Ranges.Bits, spans);
        else if (entry.Ranges.IsThere)
            ReadOldList(unit, entry.Ranges.Bits, spans);
        else if (entry.LowPc.IsThere && entry.HighPc.IsThere)
            Add(spans, unit.AddressOf(entry.LowPc), EndOf(unit, entry));
        return spans;
    }

    private static ulong EndOf(DwarfUnit unit, in DwarfEntry entry)
    {
        var isAddress = entry.HighPc.Form is DwarfForm.Addr or DwarfForm.Addrx or DwarfForm.Addrx1 or DwarfForm.Addrx2 or DwarfForm.Addrx3 or DwarfForm.Addrx4;
        return isAddress ? unit.AddressOf(entry.HighPc) : unit.AddressOf(entry.LowPc) + entry.HighPc.Bits;
    }

    private static void ReadOldList(DwarfUnit unit, ulong offset, List<AddressSpan> spans)
    {
        var size = unit.Header.Encoding.AddressSize;
        var largest = ulong.MaxValue >> (64 - 8 * size);
        var reader = new DwarfReader(unit.Sections.Ranges, offset);
        var start = unit.LowPc;
        while (!reader.AtEnd)
        {
            var (low, high) = (reader.Unsigned(size), reader.Unsigned(size));
            if (low == 0 && high == 0)
                return;
            if (low == largest)
                start = high;
            else
                Add(spans, start + low, start + high);
        }
    }

    // DW_RLE_* (DWARF 5, 7.25)
    private static void ReadList(DwarfUnit unit, ulong offset, List<AddressSpan> spans)
    {
        var size = unit.Header.Encoding.AddressSize;
        var reader = new DwarfReader(unit.Sections.RangeLists, offset);
        var start = unit.LowPc;
        while (!reader.AtEnd)
        {
            ulong low;
            switch (reader.U8())
            {
                case 1: // base_addressx
                    start = unit.AddressAt(reader.Uleb());
                    break;
                case 2: // startx_endx
                    Add(spans, unit.AddressAt(reader.Uleb()), unit.AddressAt(reader.Uleb()));
                    break;
                case 3: // startx_length
                    low = unit.AddressAt(reader.Uleb());
                    Add(spans, low, low + reader.Uleb());
                    break;
                case 4: // offset_pair
                    Add(spans, start + reader.Uleb(), start + reader.Uleb());
                    break;
                case 5: // base_address
                    start = reader.Unsigned(size);
                    break;
                case 6: // start_end
                    Add(spans, reader.Unsigned(size), reader.Unsigned(size));
                    break;
                case 7: // start_length
                    low = reader.Unsigned(size);
                    Add(spans, low, low + reader.Uleb());
                    break;
                default: // the end, or what nobody knows
                    return;
            }
        }
    }

    private static void Add(List<AddressSpan> spans, ulong start, ulong end)
    {
        if (start < end)
            spans.Add(new(start, end));
    }
}
