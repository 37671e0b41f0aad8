namespace Emu.Plugins;

/// <summary>What plugins have reported, kept until all have: lines and tables by name, in the order in which they came.</summary>
internal sealed class CollectedReport
{
    private readonly List<CollectedPlugin> _plugins = [];

    /// <summary>The plugins, in the order in which they reported.</summary>
    public IReadOnlyList<CollectedPlugin> Plugins => _plugins;

    /// <summary>What follows is that plugin's.</summary>
    public void Begin(string plugin) => _plugins.Add(new CollectedPlugin(plugin));

    /// <summary>The plugin has failed.</summary>
    public void Fail(string plugin, string reason)
    {
        if (!_plugins.Exists(report => report.Name == plugin))
            Begin(plugin);
        _plugins.Find(report => report.Name == plugin)!.Failure = reason;
    }

    /// <summary>Takes a line, or a line of a table, of the plugin that reports now.</summary>
    public void Add(string name, bool isTable, ReportLineContent content) => _plugins[^1].MemberOf(name, isTable).Lines.Add(content);
}

/// <summary>What one plugin has reported.</summary>
internal sealed class CollectedPlugin(string name)
{
    private readonly List<CollectedMember> _members = [];

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Why it is not whole; null if it is.</summary>
    public string? Failure { get; set; }

    /// <summary>Its lines and tables.</summary>
    public IReadOnlyList<CollectedMember> Members => _members;

    /// <summary>The member of that name; a line of a name that was used before replaces it.</summary>
    public CollectedMember MemberOf(string member, bool isTable)
    {
        var index = _members.FindIndex(other => other.Name == member);
        if (index >= 0 && isTable && _members[index].IsTable)
            return _members[index];
        var created = new CollectedMember(member, isTable, []);
        if (index >= 0)
            _members[index] = created;
        else
            _members.Add(created);
        return created;
    }
}

/// <summary>A line, or a table of lines.</summary>
internal sealed record CollectedMember(string Name, bool IsTable, List<ReportLineContent> Lines);
