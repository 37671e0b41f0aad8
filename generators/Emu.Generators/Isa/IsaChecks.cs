namespace Emu.Generators.Isa;

/// <summary>Checks over all instructions.</summary>
internal static class IsaChecks
{
    /// <summary>
    /// The rows that can be decoded. Of two rows that some word fits both of, unless one is declared to go before the other,
    /// the second is noted and left out.
    /// </summary>
    public static List<InstructionRow> WithoutOverlaps(IEnumerable<InstructionRow> rows, List<IsaProblem> problems)
    {
        List<InstructionRow> distinct = [];
        foreach (var row in rows)
            if (distinct.Find(other => Overlap(row, other)) is { } other)
                problems.Add(new IsaProblem(IsaProblem.Overlap, row.Row, $"encodings overlap those of '{other.Name}'"));
            else
                distinct.Add(row);
        return distinct;
    }

    private static bool Overlap(InstructionRow a, InstructionRow b)
    {
        if (!a.Pattern.Overlaps(b.Pattern) || a.IsOver(b) || b.IsOver(a))
            return false;
        var (mask, match) = (a.Pattern.Mask | b.Pattern.Mask, a.Pattern.Match | b.Pattern.Match);
        return !a.IsExcludedIn(mask, match) && !b.IsExcludedIn(mask, match);
    }
}
