namespace Emu.Generators.Isa;

/// <summary>Connects rows that name others: expansions, aliases and precedence.</summary>
internal static class IsaLinker
{
    /// <summary>Sets <see cref="InstructionRow.Target"/> and <see cref="InstructionRow.Over"/>; rows that cannot be connected are taken out.</summary>
    public static void Link(List<InstructionRow> rows, List<IsaProblem> problems)
    {
        var byName = rows.Where(static row => row.Kind != RowKind.Alias).ToDictionary(static row => row.Name);
        foreach (var row in rows)
        {
            if ((row.Properties.Is ?? row.Properties.Alias) is { } target)
                row.Target = byName.TryGetValue(target, out var found) && (row.Kind == RowKind.Alias || found.Kind == RowKind.Base) ? found : null;
            if (row.Properties.Over is { } over)
                row.Over = byName.TryGetValue(over, out var wider) ? wider : null;
        }

        rows.RemoveAll(row => Problem(row) is { } problem && Note(problem));

        bool Note(IsaProblem problem)
        {
            problems.Add(problem);
            return true;
        }
    }

    private static IsaProblem? Problem(InstructionRow row) =>
        row.Properties.Over is { } over && (row.Over is null || !row.Pattern.IsWithin(row.Over.Pattern) || row.Pattern.Mask == row.Over.Pattern.Mask)
            ? new IsaProblem(IsaProblem.NotNarrower, row.Row, $"is not a special case of '{over}'") :
        row.Properties.Alias is { } alias && (row.Target is null || !row.Pattern.IsWithin(row.Target.Pattern))
            ? new IsaProblem(IsaProblem.NotNarrower, row.Row, $"is not a special case of '{alias}'") :
        row.Properties.Is is { } target && ExpansionError(row) is { } error
            ? new IsaProblem(IsaProblem.BadExpansion, row.Row, $"{target}: {error}") :
        null;

    private static string? ExpansionError(InstructionRow row)
    {
        if (row.Target is not { } target)
            return "no such base instruction";
        if (row.Properties.Arguments.Count != target.Operands.Count)
            return $"takes {target.Operands.Count} operands, not {row.Properties.Arguments.Count}";
        for (var i = 0; i < target.Operands.Count; i++)
        {
            var argument = Expansion.Argument(row, i);
            if (argument is null)
                return $"'{row.Properties.Arguments[i]}' is no operand of type {target.Operands[i].Operand.Type}";
        }

        return null;
    }
}
