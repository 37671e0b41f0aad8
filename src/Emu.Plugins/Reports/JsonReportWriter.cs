using System.Text.Encodings.Web;
using System.Text.Json;

namespace Emu.Plugins;

/// <summary>
/// Writes reports as one JSON object with a member for each plugin, which holds the plugin's lines as objects and its tables as arrays of objects. A plugin that has failed has
/// a member <c>error</c>, a text.
/// </summary>
/// <param name="output">Where the UTF-8 text goes, at the end; not closed.</param>
/// <param name="head">Writes members that stand before those of the plugins: what was run and how it ended.</param>
public sealed class JsonReportWriter(Stream output, Action<Utf8JsonWriter>? head = null) : ReportWriter
{
    private readonly CollectedReport _report = new();

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
        // For programs and people, not for a web page: names stay readable.
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            head?.Invoke(json);
            foreach (var plugin in _report.Plugins)
            {
                json.WriteStartObject(plugin.Name);
                if (plugin.Failure is { } reason)
                    json.WriteString("error", reason);
                foreach (var member in plugin.Members)
                    Write(json, member);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Write(Utf8JsonWriter json, CollectedMember member)
    {
        json.WritePropertyName(member.Name);
        if (member.IsTable)
            json.WriteStartArray();
        foreach (var line in member.Lines)
            Write(json, line);
        if (member.IsTable)
            json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReportLineContent line)
    {
        json.WriteStartObject();
        foreach (var field in line.Fields)
        {
            json.WritePropertyName(field.Name);
            if (field.IsRaw)
                json.WriteRawValue(field.Text);
            else
                json.WriteStringValue(field.Text);
        }

        json.WriteEndObject();
    }
}
