namespace Emu.Plugins;

/// <summary>Writes reports as text, each line as the plugin wrote it.</summary>
/// <param name="output">Where the lines go; not closed.</param>
public sealed class TextReportWriter(TextWriter output) : ReportWriter
{
    /// <inheritdoc/>
    public override void Heading(string text) => output.Write(text + "\n");

    internal override void BeginPlugin(string name)
    {
    }

    internal override void EndPlugin()
    {
    }

    // People were told when it happened.
    internal override void Fail(string plugin, string reason)
    {
    }

    internal override void WriteLine(string name, ReportLineContent content) => Heading(content.Text);

    internal override void WriteRow(string table, ReportLineContent content) => Heading(content.Text);

    internal override void Complete() => output.Flush();
}
