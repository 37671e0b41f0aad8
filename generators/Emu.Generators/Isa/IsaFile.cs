using Emu.Generators.Shared;

namespace Emu.Generators.Isa;

/// <summary>The rows of one table file; equal as long as no row changed.</summary>
internal sealed record IsaFile(string Name, EquatableArray<TableRow> Rows)
{
    public const string Operands = "operands.isa";
    public const string Formats = "formats.isa";
    public const string Csrs = "csrs.isa";
    public const string Extensions = "extensions.isa";

    /// <summary>True for a file of instruction rows.</summary>
    public bool HasInstructions => Name is not (Operands or Formats or Csrs or Extensions);
}
