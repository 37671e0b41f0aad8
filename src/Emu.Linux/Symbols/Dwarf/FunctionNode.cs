namespace Emu.Linux.Symbols.Dwarf;

/// <summary>A function, or a copy of one in the function that it was inlined into.</summary>
internal sealed class FunctionNode(DwarfUnit unit, in DwarfEntry entry)
{
    /// <summary>The addresses of its code; empty for a declaration.</summary>
    public IReadOnlyList<AddressSpan> Spans { get; } = DwarfRanges.Of(unit, entry);

    /// <summary>Where it is described in .debug_info.</summary>
    public int Place { get; } = entry.Place;

    /// <summary>The file of the call, if it was inlined: its number in the unit's line table.</summary>
    public ulong CallFile { get; } = entry.CallFile.Bits;

    /// <summary>The line of the call, if it was inlined.</summary>
    public ulong CallLine { get; } = entry.CallLine.Bits;

    /// <summary>The column of the call, if it was inlined and that is known.</summary>
    public ulong CallColumn { get; } = entry.CallColumn.Bits;

    /// <summary>What was inlined into it.</summary>
    public List<FunctionNode> Inlined { get; } = [];

    /// <summary>What was inlined into it that the address lies in, or null.</summary>
    public FunctionNode? InlinedAt(ulong address)
    {
        foreach (var function in Inlined)
            foreach (var span in function.Spans)
                if (span.Contains(address))
                    return function;
        return null;
    }
}
