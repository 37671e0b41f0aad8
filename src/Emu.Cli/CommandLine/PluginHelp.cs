using Emu.Plugins.Hosting;

namespace Emu.Cli.CommandLine;

/// <summary>Answers <c>-p help</c> and <c>-p NAME,help</c>.</summary>
internal static class PluginHelp
{
    /// <summary>Writes the help that one of the texts asks for; false if none does.</summary>
    public static bool Answer(IReadOnlyList<string> texts, TextWriter output)
    {
        foreach (var text in texts)
        {
            if (text == "help")
            {
                List(output);
                return true;
            }

            if (text.Split(',') is [var name, .., "help"])
            {
                Explain(PluginArguments.Find(name), output);
                return true;
            }
        }

        return false;
    }

    private static void List(TextWriter output)
    {
        if (LinkedPlugins.Plugins.Count == 0)
            output.WriteLine("This build has no plugins.");
        foreach (var plugin in LinkedPlugins.Plugins)
            output.WriteLine($"{plugin.Name,-12} {plugin.Summary}");
    }

    private static void Explain(PluginDescriptor plugin, TextWriter output)
    {
        output.WriteLine($"{plugin.Name}: {plugin.Summary}");
        foreach (var option in plugin.Options)
            output.WriteLine($"  {UsageOf(option),-28} {option.Summary}{DefaultOf(option)}");
    }

    private static string UsageOf(OptionDescriptor option) => option.Kind switch
    {
        OptionKind.Switch => $"{option.Name}[=on|off]",
        OptionKind.Number => $"{option.Name}=N",
        OptionKind.Choice => $"{option.Name}={string.Join('|', option.Choices)}",
        OptionKind.TextList => $"{option.Name}=TEXT (repeatable)",
        _ => $"{option.Name}=TEXT",
    };

    private static string DefaultOf(OptionDescriptor option) =>
        option.Default.Length > 0 && option.Default != "off" ? $" (default: {option.Default})" : "";
}
