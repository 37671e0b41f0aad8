using ZLinq;

namespace Emu.Plugins.Testing;

/// <summary>What one plugin has reported: single lines and tables, by the names that the plugin gives them.</summary>
public sealed class PluginReport
{
    private readonly CollectedPlugin _collected;

    internal PluginReport(CollectedPlugin collected) => _collected = collected;

    /// <summary>The plugin's name.</summary>
    public string Plugin => _collected.Name;

    /// <summary>All lines as people see them, without headings, each with a line's end.</summary>
    public string Text => _collected.Members.AsValueEnumerable().SelectMany(static member => member.Lines).Select(static line => line.Text + "\n").JoinToString("");

    /// <summary>The single line of that name.</summary>
    /// <exception cref="PluginTestException">There is none; the message names what there is.</exception>
    public ReportedLine this[string name] => new(Find(name, isTable: false)!.Lines[0]);

    /// <summary>The lines of the table of that name; none if nothing was reported in it.</summary>
    public IReadOnlyList<ReportedLine> Table(string name) => Find(name, isTable: true)?.Lines.ConvertAll(static line => new ReportedLine(line)) ?? [];

    private CollectedMember? Find(string name, bool isTable)
    {
        foreach (var member in _collected.Members)
            if (member.Name == name && member.IsTable == isTable)
                return member;
        // A table without lines is not told of.
        return isTable
            ? null
            : throw new PluginTestException($"plugin '{Plugin}' has reported no line '{name}'; there are: {_collected.Members.AsValueEnumerable().Select(static member => member.Name).JoinToString(", ")}");
    }
}
