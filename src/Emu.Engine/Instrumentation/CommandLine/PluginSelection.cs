using Emu.Engine.Instrumentation.Scoping;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation.CommandLine;

/// <summary>A plugin that was asked for, with the options given to it.</summary>
/// <param name="Descriptor">The plugin.</param>
/// <param name="Options">Its options; their names are known to be right, their values are judged when the plugin is made.</param>
public sealed record ChosenPlugin(PluginDescriptor Descriptor, OptionValues Options);

/// <summary>What all <c>-p</c> options of a command line ask for.</summary>
/// <param name="Plugins">The plugins, each once, in the order in which they were first named, but those that provide services before those that need them.</param>
/// <param name="Help">A text to print instead of running, or null.</param>
public sealed record PluginSelection(IReadOnlyList<ChosenPlugin> Plugins, string? Help)
{
    private const string HelpWord = "help";
    private const string QemuWord = "arg";

    /// <summary>
    /// Reads the texts behind <c>-p</c>: <c>NAME[,option[=value]…]</c>, <c>NAME,help</c>, <c>help</c> or <c>help,NAME…</c>. A comma in a value is written twice.
    /// A plugin that is named again is the same instance and its options add up (R5). <c>arg=x</c>, the old spelling of QEMU, is the option x.
    /// </summary>
    /// <exception cref="PluginOptionException">A name is empty or unknown, or an option is; the message lists what there is.</exception>
    public static PluginSelection Parse(IReadOnlyList<PluginDescriptor> linked, IEnumerable<string> texts)
    {
        var chosen = new List<ChosenPlugin>();
        foreach (var text in texts)
        {
            var words = Split(text);
            if (words[0] == HelpWord)
                return new([], words.Length == 1 ? PluginHelp.List(linked) : string.Concat(Array.ConvertAll(words[1..], name => PluginHelp.Explain(Find(linked, name)))));
            var plugin = Choose(chosen, Find(linked, words[0]));
            foreach (var word in words[1..])
            {
                if (word == HelpWord)
                    return new([], PluginHelp.Explain(plugin.Descriptor));
                AddOption(plugin, word);
            }
        }

        return new(ServiceOrder.Arrange(chosen), null);
    }

    /// <summary>A plugin with what this build gives it as options, as if it had been named alone.</summary>
    /// <exception cref="PluginOptionException">This build's default options are wrong.</exception>
    public static ChosenPlugin ByDefault(PluginDescriptor descriptor) => Choose([], descriptor);

    /// <summary>The options of a plugin that is installed, and further ones behind them, for one that takes its place.</summary>
    /// <exception cref="PluginOptionException">One of those is unknown; the message lists what there is.</exception>
    public static ChosenPlugin Restate(PluginInstance plugin, IEnumerable<string> added)
    {
        var next = new ChosenPlugin(plugin.Descriptor, new OptionValues(plugin.Name) { AllowsWrite = plugin.MayChangeGuest });
        foreach (var word in (string[])[.. plugin.Options, .. added])
            AddOption(next, word);
        return next;
    }

    private static string[] Split(string text)
    {
        const char DoubledComma = '\0';
        return Array.ConvertAll(text.Replace(",,", DoubledComma.ToString()).Split(','), word => word.Replace(DoubledComma, ','));
    }

    private static PluginDescriptor Find(IReadOnlyList<PluginDescriptor> linked, string name)
    {
        if (linked.Count == 0)
            throw new PluginOptionException($"plugin '{name}' is not in this build, which has none");
        var names = linked.AsValueEnumerable().Select(plugin => plugin.Name).ToArray();
        var choices = $"there are: {string.Join(", ", names)}";
        if (name.Length == 0)
            throw new PluginOptionException($"'-p' needs a plugin's name; {choices}");
        if (name.Contains('='))
            throw new PluginOptionException($"the option '{name}' stands before any plugin's name; write -p NAME,{name}; {choices}");
        return linked.AsValueEnumerable().FirstOrDefault(plugin => plugin.Name == name)
            ?? throw new PluginOptionException($"no plugin is named '{name}'{NearestName.Hint(name, names)}; {choices}");
    }

    private static ChosenPlugin Choose(List<ChosenPlugin> chosen, PluginDescriptor descriptor)
    {
        var plugin = chosen.Find(other => other.Descriptor == descriptor);
        if (plugin is null)
        {
            chosen.Add(plugin = new ChosenPlugin(descriptor, new OptionValues(descriptor.Name)));
            AddDefaults(plugin);
        }

        return plugin;
    }

    private static void AddDefaults(ChosenPlugin plugin)
    {
        if (plugin.Descriptor.DefaultOptions.Length == 0)
            return;
        try
        {
            foreach (var word in Split(plugin.Descriptor.DefaultOptions))
                AddOption(plugin, word);
            if (plugin.Options.AllowsWrite)
                throw new PluginOptionException($"plugin '{plugin.Descriptor.Name}' may be allowed to change the guest on the command line only");
        }
        catch (PluginOptionException refused)
        {
            throw new PluginOptionException($"{refused.Message} (in this build's default options, '{plugin.Descriptor.DefaultOptions}')");
        }
    }

    private static void AddOption(ChosenPlugin plugin, string word)
    {
        if (word.Length == 0)
            throw new PluginOptionException($"an option of plugin '{plugin.Descriptor.Name}' is empty; write NAME[,option=value…], and a comma in a value twice");
        var (name, value) = SplitValue(word);
        if (name == QemuWord && value is not null)
            (name, value) = SplitValue(value);
        if (name == PluginHelp.AllowWord)
        {
            Allow(plugin, value);
            return;
        }

        var names = plugin.Descriptor.Options.AsValueEnumerable().Concat(ScopeOptions.Of(plugin.Descriptor)).Select(static option => option.Name).ToArray();
        if (!names.Contains(name))
            throw new PluginOptionException(names.Length == 0
                ? $"plugin '{plugin.Descriptor.Name}' has no option '{name}'; it has none"
                : $"plugin '{plugin.Descriptor.Name}' has no option '{name}'{NearestName.Hint(name, names)}; there are: {string.Join(", ", names)}");
        plugin.Options.Add(name, value);
    }

    private static void Allow(ChosenPlugin plugin, string? what)
    {
        if (!plugin.Descriptor.ChangesGuest)
            throw new PluginOptionException($"plugin '{plugin.Descriptor.Name}' changes nothing, so there is nothing to allow");
        if (what != PluginHelp.WriteWord)
            throw new PluginOptionException($"plugin '{plugin.Descriptor.Name}': option '{PluginHelp.AllowWord}' does not take '{what}'; allowed: {PluginHelp.WriteWord}");
        plugin.Options.AllowsWrite = true;
    }

    private static (string Name, string? Value) SplitValue(string word)
    {
        var at = word.IndexOf('=');
        return at < 0 ? (word, null) : (word[..at], word[(at + 1)..]);
    }
}
