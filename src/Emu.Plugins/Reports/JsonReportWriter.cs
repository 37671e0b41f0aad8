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
    private readonly Dictionary<string, string> _failures = [];
    private readonly List<(string Plugin, List<Member> Members)> _plugins = [];

    /// <inheritdoc/>
    public override void Heading(string text)
    {
    }

    internal override void BeginPlugin(string name) => _plugins.Add((name, []));

    internal override void EndPlugin()
    {
    }

    internal override void Fail(string plugin, string reason)
    {
        if (!_plugins.Exists(report => report.Plugin == plugin))
            _plugins.Add((plugin, []));
        _failures[plugin] = reason;
    }

    internal override void WriteLine(string name, ReportLineContent content) => MemberOf(name, isTable: false).Lines.Add(content);

    internal override void WriteRow(string table, ReportLineContent content) => MemberOf(table, isTable: true).Lines.Add(content);

    internal override void Complete()
    {
        // For programs and people, not for a web page: names stay readable.
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            head?.Invoke(json);
            foreach (var (plugin, members) in _plugins)
            {
                json.WriteStartObject(plugin);
                if (_failures.TryGetValue(plugin, out var reason))
                    json.WriteString("error", reason);
                foreach (var member in members)
                    Write(json, member);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    /// <summary>The member of that name, of the plugin that reports now; a line of a name that was used before replaces it.</summary>
    private Member MemberOf(string name, bool isTable)
    {
        var members = _plugins[^1].Members;
        var index = members.FindIndex(member => member.Name == name);
        if (index >= 0 && isTable && members[index].IsTable)
            return members[index];
        var created = new Member(name, isTable, []);
        if (index >= 0)
            members[index] = created;
        else
            members.Add(created);
        return created;
    }

    private static void Write(Utf8JsonWriter json, Member member)
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

    private sealed record Member(string Name, bool IsTable, List<ReportLineContent> Lines);
}
