using Emu.Generators.Shared;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Emu.Generators.Plugins;

/// <summary>What the project of an executable gives the plugin of a referenced assembly as options.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Text">The options, as on the command line behind the plugin's name.</param>
internal sealed record DefaultOptions(string Assembly, string Text)
{
    /// <summary>Pairs of assembly and options, <c>ASSEMBLY=OPTIONS|…</c>, which Emu.Sdk.targets makes of the items.</summary>
    private const string Property = "build_property.EmuPluginDefaults";

    public static EquatableArray<DefaultOptions> Read(AnalyzerConfigOptions options) => options.TryGetValue(Property, out var text)
        ? new([.. text.Split(['|'], StringSplitOptions.RemoveEmptyEntries).Select(Pair)])
        : new([]);

    /// <summary>The plugins, those that are given options with them.</summary>
    public static LinkedPlugin[] Give(IEnumerable<LinkedPlugin> plugins, EquatableArray<DefaultOptions> defaults) =>
        [.. plugins.Select(plugin => defaults.FirstOrDefault(options => options.Assembly == plugin.Assembly) is { } found ? plugin with { DefaultOptions = found.Text } : plugin)];

    /// <summary>Options of an assembly that has not one plugin: whose would they be?</summary>
    public static IEnumerable<PluginProblem> Check(IReadOnlyList<LinkedPlugin> plugins, EquatableArray<DefaultOptions> defaults)
    {
        foreach (var options in defaults)
        {
            var names = plugins.Where(plugin => plugin.Assembly == options.Assembly).Select(plugin => plugin.Name).ToArray();
            if (names.Length != 1)
                yield return PluginProblem.At(PluginRules.Defaults, null, options.Assembly,
                    names.Length == 0 ? "no plugin" : $"{names.Length} plugins, {string.Join(", ", names)}");
        }
    }

    private static DefaultOptions Pair(string pair)
    {
        var at = pair.IndexOf('=');
        return new(pair.Substring(0, at), pair.Substring(at + 1));
    }
}
