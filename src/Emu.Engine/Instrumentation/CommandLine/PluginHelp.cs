using System.Text;
using Emu.Engine.Instrumentation.Scoping;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation.CommandLine;

/// <summary>The texts of <c>-p help</c> and <c>-p NAME,help</c>, made from the plugins' descriptions.</summary>
internal static class PluginHelp
{
    /// <summary>The option that every plugin has which needs leave.</summary>
    public const string AllowWord = "allow";

    /// <summary>What it may be allowed: to change registers and memory of the guest.</summary>
    public const string WriteWord = "write";

    /// <summary>One line per linked plugin, under the question that it answers.</summary>
    public static string List(IReadOnlyList<PluginDescriptor> linked)
    {
        if (linked.Count == 0)
            return "This build has no plugins.\n";
        var text = new StringBuilder();
        var width = linked.AsValueEnumerable().Max(plugin => plugin.Name.Length);
        foreach (var topic in linked.AsValueEnumerable().GroupBy(static plugin => plugin.Topic).OrderBy(static group => group.Key).ToArray())
        {
            text.Append($"{(text.Length > 0 ? "\n" : "")}{QuestionOf(topic.Key)}\n");
            foreach (var plugin in topic)
                text.Append($"  {plugin.Name.PadRight(width)}  {plugin.Summary}\n");
        }

        return text.ToString();
    }

    private static string QuestionOf(PluginTopic topic) => topic switch
    {
        PluginTopic.Time => "Where does the time go?",
        PluginTopic.Memory => "What happens in memory?",
        PluginTopic.Execution => "What was executed, and with what values?",
        PluginTopic.System => "What have program and system to do with each other?",
        PluginTopic.Simulation => "What do simulators and other tools read?",
        PluginTopic.Steering => "How is the run to go?",
        PluginTopic.Platform => "Is the emulator right, and where does a plugin of one's own begin?",
        _ => "And others:",
    };

    /// <summary>One line per option.</summary>
    public static string Explain(PluginDescriptor plugin)
    {
        var text = new StringBuilder($"{plugin.Name}: {plugin.Summary}\n");
        var rows = RowsOf(plugin.Options);
        if (plugin.ChangesGuest)
            rows.Add(($"{AllowWord}={WriteWord}", "Let it change registers and memory of the guest (needed)"));
        AppendTable(text, rows, "  It has no options.\n");
        if (plugin.Example.Length > 0)
            text.Append($"For example: emu {plugin.Example}\n");
        var common = ScopeOptions.Of(plugin);
        AppendCommon(text, "To be shown only what each of these includes, by one of its values:\n", Array.FindAll(common, static option => !ScopeOptions.IsWindow(option.Name)));
        AppendCommon(text, "To be told of it only some of the time:\n", Array.FindAll(common, static option => ScopeOptions.IsWindow(option.Name)));
        if (plugin.DefaultOptions.Length > 0)
            text.Append($"This build begins with {plugin.DefaultOptions}; what is given comes after it.\n");
        return text.ToString();
    }

    private static List<(string Usage, string Summary)> RowsOf(IReadOnlyList<OptionDescriptor> options) =>
        options.AsValueEnumerable().Select(static option => (Usage(option), option.Summary + DefaultOf(option))).ToList();

    private static void AppendCommon(StringBuilder text, string heading, OptionDescriptor[] options)
    {
        if (options.Length > 0)
            AppendTable(text.Append(heading), RowsOf(options), "");
    }

    private static void AppendTable(StringBuilder text, List<(string Usage, string Summary)> rows, string otherwise)
    {
        if (rows.Count == 0)
        {
            text.Append(otherwise);
            return;
        }

        var width = rows.AsValueEnumerable().Max(static row => row.Usage.Length);
        foreach (var (usage, summary) in rows)
            text.Append($"  {usage.PadRight(width)}  {summary}\n");
    }

    private static string Usage(OptionDescriptor option) => option.Kind switch
    {
        OptionKind.Switch => $"{option.Name}[=on|off]",
        OptionKind.Choice => $"{option.Name}={string.Join('|', option.Choices)}",
        OptionKind.TextList => $"{option.Name}=TEXT (repeatable)",
        _ => $"{option.Name}={ValueOf(option.Kind)}{(option.IsList ? " (repeatable)" : "")}",
    };

    private static string ValueOf(OptionKind kind) => kind switch
    {
        OptionKind.Number => "N",
        OptionKind.Fraction => "N[.N]",
        OptionKind.Size => "BYTES[K|M|G]",
        OptionKind.Range => "START-END|START+BYTES",
        _ => "TEXT",
    };

    private static string DefaultOf(OptionDescriptor option) => option.IsRequired ? " (needed)" : option.Default is "" or "off" ? "" : $" (default: {option.Default})";
}
