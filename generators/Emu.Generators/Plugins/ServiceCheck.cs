namespace Emu.Generators.Plugins;

/// <summary>Whether the plugins that are linked together have the services that they need.</summary>
internal static class ServiceCheck
{
    public static IEnumerable<PluginProblem> Of(IReadOnlyList<LinkedPlugin> plugins)
    {
        foreach (var twice in plugins.SelectMany(plugin => plugin.Services.Provided.Select(service => (service, plugin.Name))).GroupBy(pair => pair.service).Where(group => group.Count() > 1))
            yield return Problem(twice.Key, $"is provided by {string.Join(" and ", twice.Select(pair => $"'{pair.Name}'"))}: link one of them");
        foreach (var plugin in plugins)
            foreach (var service in plugin.Services.Needed.Where(service => ProviderOf(service, plugins) is null))
                yield return Problem(service, $"is needed by '{plugin.Name}', and no linked plugin provides it: link one that does");
        foreach (var plugin in plugins)
            if (CircleFrom(plugin, plugins) is { } circle)
                yield return Problem(plugin.Services.Provided[0], $"is needed in a circle: {circle}");
    }

    private static LinkedPlugin? ProviderOf(string service, IReadOnlyList<LinkedPlugin> plugins) => plugins.FirstOrDefault(plugin => plugin.Services.Provided.Contains(service));

    /// <summary>The names on a way from a plugin over the providers of what each needs back to itself; null if there is none.</summary>
    private static string? CircleFrom(LinkedPlugin start, IReadOnlyList<LinkedPlugin> plugins)
    {
        var (ways, seen) = (new Queue<(LinkedPlugin Plugin, string Names)>(), new HashSet<string>());
        ways.Enqueue((start, $"'{start.Name}'"));
        while (ways.Count > 0)
        {
            var (plugin, names) = ways.Dequeue();
            foreach (var provider in plugin.Services.Needed.Select(service => ProviderOf(service, plugins)).OfType<LinkedPlugin>())
            {
                if (provider == start)
                    return $"{names} needs '{start.Name}'";
                if (seen.Add(provider.QualifiedName))
                    ways.Enqueue((provider, $"{names} needs '{provider.Name}'"));
            }
        }

        return null;
    }

    private static PluginProblem Problem(string service, string what) => PluginProblem.At(PluginRules.ServiceLink, null, service.Replace("global::", ""), what);
}
