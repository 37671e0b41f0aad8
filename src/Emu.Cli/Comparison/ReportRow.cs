namespace Emu.Cli.Comparison;

/// <summary>An object of a report: a line of a plugin, or an element of one of its tables.</summary>
/// <param name="Name">The way to it, such as <c>total</c> or <c>blocks[0x10616]</c>.</param>
/// <param name="Fields">Its values but for those that it is named by.</param>
internal sealed record ReportRow(string Name, IReadOnlyList<RowField> Fields)
{
    /// <summary>All values, as text.</summary>
    public string Text => string.Join(", ", Fields);
}

/// <summary>A value of a row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">The value as the report has it.</param>
/// <param name="Number">The value if it is a number.</param>
internal sealed record RowField(string Name, string Text, decimal? Number)
{
    public override string ToString() => $"{Name} {Text}";
}
