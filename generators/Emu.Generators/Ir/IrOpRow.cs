using Emu.Generators.Shared;

namespace Emu.Generators.Ir;

/// <summary>One row of <c>Ir.ops</c>, understood.</summary>
internal sealed record IrOpRow(TableRow Row)
{
    private static readonly string[] KnownOperands = ["d", "a", "b", "c", "imm", "size"];

    private static readonly string[] KnownProperties =
        ["pure", "commutative", "reads", "writes", "faults", "effects", "calls", "flags", "terminal", "marker"];

    public string Name => Row[0];

    public IEnumerable<string> Operands => Words(Row[1]);

    public IEnumerable<string> Properties => Words(Row[2]);

    /// <summary>The result as a C# expression, or null.</summary>
    public string? Value => Row[3] is "-" or "" ? null : Row[3];

    public string Summary => Row[4];

    public bool Has(string operand) => Operands.Contains(operand);

    public bool Is(string property) => Properties.Contains(property);

    /// <summary>What is wrong with the row, or null.</summary>
    public string? Error =>
        Row.Cells.Length != 5 ? "a row has five cells" :
        Operands.FirstOrDefault(word => !KnownOperands.Contains(word)) is { } operand ? $"unknown operand '{operand}'" :
        Properties.FirstOrDefault(word => !KnownProperties.Contains(word)) is { } property ? $"unknown property '{property}'" :
        Value is not null && !(Is("pure") && Has("d")) ? "only a pure op with a result has a value" :
        null;

    private static IEnumerable<string> Words(string cell) => cell.Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
