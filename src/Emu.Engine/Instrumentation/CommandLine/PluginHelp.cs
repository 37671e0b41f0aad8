using System.Text;
using Emu.Engine.Instrumentation.Scoping;
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

    /// <summary>One line per linked plugin.</summary>
    public static string List(IReadOnlyList<PluginDescriptor> linked)
    {
        if (linked.Count == 0)
            return "This build has no plugins.\n";
        var text = new StringBuilder();
        var width = linked.AsValueEnumerable().Max(plugin => plugin.Name.Length);
        foreach (var plugin in linked)
            text.Append($"{plugin.Name.PadRight(width)}  {plugin.Summary}\n");
        return text.ToString();
    }

    /// <summary>One line per option.</summary>
    public static string Explain(PluginDescriptor plugin)
    {
        var text = new StringBuilder($"{plugin.Name}: {plugin.Summary}\n");
        var rows = RowsOf(plugin.Options);
        if (plugin.ChangesGuest)
            rows.Add(($"{AllowWord}={WriteWord}", "Let it change registers and memory of the guest (needed)"));
        AppendTable(text, rows, "  It has no options.\n");
        var common = ScopeOptions.Of(plugin);
        if (common.Length > 0)
            AppendTable(text.Append("To be shown only what each of these includes, by one of its values:\n"), RowsOf(common), "");
        if (plugin.DefaultOptions.Length > 0)
            text.Append($"This build begins with {plugin.DefaultOptions}; what is given comes after it.\n");
        return text.ToString();
    }

    private static List<(string Usage, string Summary)> RowsOf(IReadOnlyList<OptionDescriptor> options) =>
        options.AsValueEnumerable().Select(static option => (Usage(option), option.Summary + DefaultOf(option))).ToList();

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
