namespace Emu.Engine.Instrumentation.CommandLine;

/// <summary>The order in which plugins are installed: that in which they were named, but those that provide a service before those that need it.</summary>
internal static class ServiceOrder
{
    public static IReadOnlyList<ChosenPlugin> Arrange(IReadOnlyList<ChosenPlugin> chosen)
    {
        var arranged = new List<ChosenPlugin>(chosen.Count);
        foreach (var plugin in chosen)
            Add(plugin, chosen, arranged);
        return arranged;
    }

    // No plugin needs itself, over whatever others: the build refuses that.
    private static void Add(ChosenPlugin plugin, IReadOnlyList<ChosenPlugin> chosen, List<ChosenPlugin> arranged)
    {
        if (arranged.Contains(plugin))
            return;
        foreach (var service in plugin.Descriptor.Needs)
            foreach (var provider in chosen)
                if (provider.Descriptor.Provides.Contains(service))
                    Add(provider, chosen, arranged);
        arranged.Add(plugin);
    }
}
