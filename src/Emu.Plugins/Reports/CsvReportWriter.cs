namespace Emu.Plugins;

/// <summary>
/// Writes reports for spreadsheets, as comma-separated values (RFC 4180): each line or table of a plugin is a block that begins with the names of its columns, the first two of which are the
/// plugin and the name of the line or table; an empty line stands between blocks.
/// </summary>
/// <param name="output">Where the text goes, at the end; not closed.</param>
public sealed class CsvReportWriter(TextWriter output) : ReportWriter
{
    private readonly CollectedReport _report = new();
    private bool _hasBlock;

    /// <inheritdoc/>
    public override void Heading(string text)
    {
    }

    internal override void BeginPlugin(string name) => _report.Begin(name);

    internal override void EndPlugin()
    {
    }

    internal override void Fail(string plugin, string reason) => _report.Fail(plugin, reason);

    internal override void WriteLine(string name, ReportLineContent content) => _report.Add(name, isTable: false, content);

    internal override void WriteRow(string table, ReportLineContent content) => _report.Add(table, isTable: true, content);

    internal override void Complete()
    {
        foreach (var plugin in _report.Plugins)
        {
            if (plugin.Failure is { } reason)
                Write(plugin.Name, new CollectedMember("error", IsTable: false, [new ReportLineContent(reason, [new ReportField("reason", reason, IsRaw: false)])]));
            foreach (var member in plugin.Members)
                Write(plugin.Name, member);
        }

        output.Flush();
    }

    /// <summary>Lines of a table that have other values than those before them begin a block of their own.</summary>
    private void Write(string plugin, CollectedMember member)
    {
        IReadOnlyList<ReportField>? columns = null;
        foreach (var line in member.Lines)
        {
            if (columns is null || !HaveSameNames(columns, line.Fields))
                WriteHead(columns = line.Fields);
            Write(plugin);
            WriteNext(member.Name);
            foreach (var field in line.Fields)
                WriteNext(field.Text);
            output.Write('\n');
        }
    }

    private void WriteHead(IReadOnlyList<ReportField> columns)
    {
        if (_hasBlock)
            output.Write('\n');
        _hasBlock = true;
        output.Write("plugin,table");
        foreach (var column in columns)
            WriteNext(column.Name);
        output.Write('\n');
    }

    private void WriteNext(string text)
    {
        output.Write(',');
        Write(text);
    }

    private void Write(string text)
    {
        var isPlain = text.AsSpan().IndexOfAny(",\"\r\n") < 0;
        output.Write(isPlain ? text : $"\"{text.Replace("\"", "\"\"")}\"");
    }

    private static bool HaveSameNames(IReadOnlyList<ReportField> left, IReadOnlyList<ReportField> right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
            if (left[i].Name != right[i].Name)
                return false;
        return true;
    }
}
