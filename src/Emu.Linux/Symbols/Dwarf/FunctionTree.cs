namespace Emu.Linux.Symbols.Dwarf;

/// <summary>The functions of a unit that have code, and in each what was inlined there.</summary>
internal sealed class FunctionTree
{
    private readonly SpanMap<FunctionNode> _functions;

    private FunctionTree(List<FunctionNode> functions)
    {
        var places = new List<(AddressSpan, FunctionNode)>();
        foreach (var function in functions)
            foreach (var span in function.Spans)
                places.Add((span, function));
        _functions = new(places);
        All = functions.FindAll(static function => function.Spans.Count > 0);
    }

    /// <summary>The functions that have code.</summary>
    public IReadOnlyList<FunctionNode> All { get; }

    /// <summary>Reads it from .debug_info; what follows a broken entry is left out.</summary>
    public static FunctionTree Read(DwarfUnit unit)
    {
        var functions = new List<FunctionNode>();
        // The function that each open list of children belongs to: entries nest as deep as a file says.
        var open = new Stack<FunctionNode?>();
        var reader = new DwarfReader(unit.Sections.Info, (ulong)unit.Header.FirstEntry).Until((ulong)unit.Header.End);
        while (!reader.AtEnd)
        {
            if (!DwarfEntry.TryRead(ref reader, unit.Shapes, unit.Header.Encoding, out var entry))
            {
                if (!open.TryPop(out _))
                    break;
                continue;
            }

            var node = Add(unit, entry, open.TryPeek(out var outer) ? outer : null, functions);
            if (entry.HasChildren)
                open.Push(node);
        }

        return new(functions);
    }

    /// <summary>The functions that the address lies in, from the outermost to the innermost one that was inlined; empty if none is known.</summary>
    public List<FunctionNode> At(ulong address)
    {
        var found = new List<FunctionNode>();
        foreach (var function in _functions.At(address))
        {
            for (var next = function; next is not null; next = next.InlinedAt(address))
                found.Add(next);
            break;
        }

        return found;
    }

    /// <summary>The function that an entry and its children belong to: itself, or that around it.</summary>
    private static FunctionNode? Add(DwarfUnit unit, in DwarfEntry entry, FunctionNode? outer, List<FunctionNode> functions)
    {
        if (entry.Tag is not (DwarfTag.Subprogram or DwarfTag.InlinedSubroutine))
            return outer;
        var node = new FunctionNode(unit, entry);
        if (entry.Tag == DwarfTag.Subprogram)
            functions.Add(node);
        else
            outer?.Inlined.Add(node);
        return node;
    }
}
