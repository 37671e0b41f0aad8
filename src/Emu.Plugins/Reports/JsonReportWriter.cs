using System.Text.Json;

namespace Emu.Plugins;

/// <summary>Writes reports as one JSON object with a member for each plugin, which holds the plugin's lines as objects and its tables as arrays of objects.</summary>
/// <param name="output">Where the UTF-8 text goes, at the end; not closed.</param>
public sealed class JsonReportWriter(Stream output) : ReportWriter
{
    private readonly List<(string Plugin, List<Member> Members)> _plugins = [];

    /// <inheritdoc/>
    public override void Heading(string text)
    {
    }

    internal override void BeginPlugin(string name) => _plugins.Add((name, []));

    internal override void EndPlugin()
    {
    }

    internal override void WriteLine(string name, ReportLineContent content) => MemberOf(name, isTable: false).Lines.Add(content);

    internal override void WriteRow(string table, ReportLineContent content) => MemberOf(table, isTable: true).Lines.Add(content);

    internal override void Complete()
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var (plugin, members) in _plugins)
            {
                json.WriteStartObject(plugin);
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
