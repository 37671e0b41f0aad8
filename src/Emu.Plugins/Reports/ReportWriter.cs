namespace Emu.Plugins;

/// <summary>
/// Takes a plugin's results at the end of a run, as text for people or as JSON for programs: the user chooses, the plugin writes once. Each line is an
/// interpolated string; as text it is printed as it stands, as JSON it is an object of its values, named after the expressions.
/// </summary>
/// <example>
/// <code>
/// report.Row("cpus", $"CPU{cpu}: bb's: {blocks}, insns: {insns}");     // CPU0: bb's: 12, insns: 80    "cpus": [ { "cpu": 0, "blocks": 12, "insns": 80 } ]
/// report.Line("total", $"Total: bb's: {blocks}, insns: {insns}");      // Total: bb's: 12, insns: 80   "total": { "blocks": 12, "insns": 80 }
/// </code>
/// </example>
/// <remarks>
/// A value's name is the last identifier of its expression, with a lower-case first letter: <c>c.Blocks</c> gives <c>blocks</c>. Numbers stay numbers; a value with a hexadecimal
/// format becomes the text <c>0x…</c>, since JSON numbers lose the high bits of addresses. Not thread-safe; valid during the exit event only.
/// </remarks>
public abstract class ReportWriter
{
    private protected ReportWriter()
    {
    }

    /// <summary>Writes a single line. In JSON: the object <paramref name="name"/> of the plugin.</summary>
    public void Line(string name, ref ReportLine line) => WriteLine(name, line.Finish());

    /// <summary>Writes a line of a table. In JSON: an element of the plugin's array <paramref name="table"/>.</summary>
    public void Row(string table, ref ReportLine line) => WriteRow(table, line.Finish());

    /// <summary>Writes a line that is for people only, such as a table's head. Nothing in JSON.</summary>
    public abstract void Heading(string text);

    /// <summary>What follows is the report of that plugin.</summary>
    internal abstract void BeginPlugin(string name);

    /// <summary>The report of the plugin is complete.</summary>
    internal abstract void EndPlugin();

    /// <summary>A plugin has failed: what it wrote, if anything, is not whole.</summary>
    internal abstract void Fail(string plugin, string reason);

    internal abstract void WriteLine(string name, ReportLineContent content);

    internal abstract void WriteRow(string table, ReportLineContent content);

    /// <summary>Nothing follows: what was collected is written.</summary>
    internal abstract void Complete();
}
