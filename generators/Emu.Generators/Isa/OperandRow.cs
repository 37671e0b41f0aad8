using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>Where the disassembler prints an operand.</summary>
internal enum OperandPlace
{
    List,
    Suffix,
    Tail,
}

/// <summary>A row of operands.isa: what an operand name means.</summary>
internal sealed record OperandRow(TableRow Row)
{
    public string Name => Row[0];

    /// <summary>The C# type.</summary>
    public string Type => Row[1];

    public bool IsSigned => Type == "int";

    public bool IsRegister => Access is "read" or "write" or "update";

    public string Access => Row[2];

    /// <summary>The method that prints it.</summary>
    public string Shown => Row[3].Split(' ')[0];

    public OperandPlace Place =>
        Row[3].EndsWith(" suffix", StringComparison.Ordinal) ? OperandPlace.Suffix :
        Row[3].EndsWith(" tail", StringComparison.Ordinal) ? OperandPlace.Tail :
        OperandPlace.List;

    public string? Error =>
        Row.Cells.Length != 4 ? "an operand has four cells" :
        Access is not ("read" or "write" or "update" or "-") ? $"unknown access '{Access}'" :
        Row[3] != Shown && Place == OperandPlace.List ? $"'{Row[3]}' does not say how the operand is shown" :
        null;
}
