namespace Emu.Plugins.Testing;

/// <summary>Keeps what plugins report.</summary>
internal sealed class CollectingReportWriter : ReportWriter
{
    /// <summary>What they have reported.</summary>
    public CollectedReport Collected { get; } = new();

    public override void Heading(string text)
    {
    }

    internal override void BeginPlugin(string name) => Collected.Begin(name);

    internal override void EndPlugin()
    {
    }

    internal override void Fail(string plugin, string reason) => Collected.Fail(plugin, reason);

    internal override void WriteLine(string name, ReportLineContent content) => Collected.Add(name, isTable: false, content);

    internal override void WriteRow(string table, ReportLineContent content) => Collected.Add(table, isTable: true, content);

    internal override void Complete()
    {
    }
}
