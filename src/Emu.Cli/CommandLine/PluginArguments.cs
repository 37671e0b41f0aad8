using Emu.Plugins.Hosting;

namespace Emu.Cli.CommandLine;

/// <summary>The plugins that were asked for, in order; one named twice is one, whose options accumulate (R5).</summary>
internal static class PluginArguments
{
    /// <summary>Reads <c>NAME[,option[=value]…]</c> texts.</summary>
    /// <exception cref="EmuFailure">A plugin or an option is not known, or a name is empty.</exception>
    public static IReadOnlyList<(PluginDescriptor Plugin, OptionValues Options)> Parse(IReadOnlyList<string> texts)
    {
        var chosen = new List<(PluginDescriptor Plugin, OptionValues Options)>();
        foreach (var text in texts)
        {
            var parts = text.Split(',');
            var plugin = Find(parts[0]);
            var index = chosen.FindIndex(choice => choice.Plugin == plugin);
            if (index < 0)
            {
                index = chosen.Count;
                chosen.Add((plugin, new OptionValues(plugin.Name)));
            }

            foreach (var part in parts.Skip(1).Where(part => part.Length > 0))
                AddOption(plugin, chosen[index].Options, part);
        }

        return chosen;
    }

    /// <summary>The linked plugin with that name.</summary>
    /// <exception cref="EmuFailure">There is none (R3, R4).</exception>
    public static PluginDescriptor Find(string name)
    {
        var names = string.Join(", ", LinkedPlugins.Plugins.Select(plugin => plugin.Name));
        if (names.Length == 0)
            throw new EmuFailure(ExitCodes.Failed, $"plugin '{name}' is not in this build, which has none");
        if (name.Length == 0)
            throw new EmuFailure(ExitCodes.Failed, $"'-p' needs a plugin's name; there are: {names}");
        if (name.Contains('='))
            throw new EmuFailure(ExitCodes.Failed, $"the option '{name}' stands before any plugin's name; write -p NAME,{name}; there are: {names}");
        return LinkedPlugins.Plugins.FirstOrDefault(plugin => plugin.Name == name)
            ?? throw new EmuFailure(ExitCodes.Failed, $"no plugin is named '{name}'; there are: {names}");
    }

    private static void AddOption(PluginDescriptor plugin, OptionValues options, string part)
    {
        // QEMU's old spelling of an option was arg=NAME or arg=NAME=VALUE.
        var text = part.StartsWith("arg=", StringComparison.Ordinal) ? part[4..] : part;
        var cut = text.IndexOf('=');
        var name = cut < 0 ? text : text[..cut];
        if (plugin.Options.All(option => option.Name != name))
            throw new EmuFailure(ExitCodes.Failed, $"plugin '{plugin.Name}' has no option '{name}'; {Choices(plugin)}");
        options.Add(name, cut < 0 ? null : text[(cut + 1)..]);
    }

    private static string Choices(PluginDescriptor plugin) =>
        plugin.Options.Count == 0 ? "it has none" : $"there are: {string.Join(", ", plugin.Options.Select(option => option.Name))}";
}
