using Emu.Generators.Shared;
using Microsoft.CodeAnalysis.CSharp;

namespace Emu.Generators.Ir;

/// <summary>What can be wrong with the rows of <c>Ir.ops</c>.</summary>
internal static class IrChecks
{
    private static readonly string[] KnownOperands = ["d", "a", "b", "c", "imm", "size"];

    private static readonly string[] KnownProperties =
        ["pure", "commutative", "reads", "writes", "faults", "effects", "calls", "flags", "terminal", "marker"];

    /// <summary>For each row what is wrong with it, or null.</summary>
    public static List<(IrOpRow Row, string? Error)> Check(EquatableArray<IrOpRow> rows)
    {
        var names = new HashSet<string>();
        return [.. rows.Select(row => (row, ErrorIn(row) ?? (names.Add(row.Name) ? null : "the name is taken by a row above")))];
    }

    private static string? ErrorIn(IrOpRow row) =>
        row.Row.Cells.Length != 5 ? "a row has five cells" :
        !SyntaxFacts.IsValidIdentifier(row.Name) ? "the name must be a C# name" :
        row.Operands.FirstOrDefault(word => !KnownOperands.Contains(word)) is { } operand ? $"unknown operand '{operand}'" :
        row.Properties.FirstOrDefault(word => !KnownProperties.Contains(word)) is { } property ? $"unknown property '{property}'" :
        row.Is("pure") && !row.Has("d") ? "a pure op needs a result" :
        row.Is("commutative") && !(row.Has("a") && row.Has("b")) ? "a commutative op needs operands a and b" :
        row.Value is not null && !row.Is("pure") ? "only a pure op has a value" :
        row.Summary.Length == 0 ? "the summary is missing" :
        null;
}
