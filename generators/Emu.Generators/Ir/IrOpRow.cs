using Emu.Generators.Shared;

namespace Emu.Generators.Ir;

/// <summary>One row of <c>Ir.ops</c>, understood.</summary>
internal sealed record IrOpRow(TableRow Row)
{
    public string Name => Row[0];

    public IEnumerable<string> Operands => Words(Row[1]);

    public IEnumerable<string> Properties => Words(Row[2]);

    /// <summary>The result as a C# expression, or null.</summary>
    public string? Value => Row[3] is "-" or "" ? null : Row[3];

    public string Summary => Row[4];

    public bool Has(string operand) => Operands.Contains(operand);

    public bool Is(string property) => Properties.Contains(property);

    private static IEnumerable<string> Words(string cell) => cell.Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
