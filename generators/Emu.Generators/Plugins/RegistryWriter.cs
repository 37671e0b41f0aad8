using Emu.Generators.Shared;

namespace Emu.Generators.Plugins;

/// <summary>Writes the registry of an executable.</summary>
internal static class RegistryWriter
{
    private const string Contract = "global::Emu.Plugins.";
    private const string Hosting = Contract + "Hosting.";

    public static string Write(IReadOnlyList<LinkedPlugin> plugins)
    {
        var events = plugins.SelectMany(plugin => plugin.Events).Distinct().OrderBy(name => name, StringComparer.Ordinal);
        var writer = new SourceWriter()
            .Line("namespace Emu;").Line()
            .Summary("The plugins that this executable was built with.")
            .Open($"internal readonly struct LinkedPlugins : {Hosting}IPluginRegistry")
            .Summary("Every event that a linked plugin implements.")
            .Line($"public static {Contract}PluginEvents Reachable => {PluginWriter.Events(events)};")
            .Line()
            .Summary("The plugins, by name.")
            .Line($"public static global::System.Collections.Generic.IReadOnlyList<{Hosting}PluginDescriptor> Plugins {{ get; }} = new {Hosting}PluginDescriptor[]")
            .Open();
        foreach (var plugin in plugins)
            writer.Line($"{Hosting}PluginClass.DescriptorOf<{plugin.QualifiedName}>({(plugin.DefaultOptions.Length > 0 ? PluginNames.Literal(plugin.DefaultOptions) : "")}),");
        writer.Close(";").Line()
            .Summary("Gives each callback of each linked plugin to the binder.")
            .Line("public static void BindCallbacks<TBinder>(ref TBinder binder)")
            .Open($"    where TBinder : struct, {Hosting}ICallbackBinder");
        foreach (var plugin in plugins)
            writer.Line($"{Hosting}PluginClass.BindCallbacks<{plugin.QualifiedName}, TBinder>(ref binder);");
        return writer.Close().Close().ToString();
    }

    /// <summary>What keeps plugins from being linked together.</summary>
    public static IEnumerable<PluginProblem> Check(IReadOnlyList<LinkedPlugin> plugins, RegistryModel model)
    {
        // Namesakes of one project were complained of where they stand.
        foreach (var group in plugins.GroupBy(plugin => plugin.Name).Where(group => group.Select(plugin => plugin.Assembly).Distinct().Count() > 1))
            yield return PluginProblem.At(PluginRules.Twice, null, group.Key, $"plugins of {string.Join(" and ", group.Select(plugin => plugin.Assembly))}");
        foreach (var plugin in plugins)
            if (plugin.ApiVersion < model.MinVersion || plugin.ApiVersion > model.Version)
                yield return PluginProblem.At(PluginRules.ApiVersion, null, plugin.Name,
                    $"of {plugin.Assembly} is compiled against plugin API {plugin.ApiVersion}; this Emu accepts {model.MinVersion} to {model.Version}");
    }
}
