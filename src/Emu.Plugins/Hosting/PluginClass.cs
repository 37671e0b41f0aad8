namespace Emu.Plugins.Hosting;

/// <summary>Reaches what the generator added to a plugin class.</summary>
public static class PluginClass
{
    /// <summary>The plugin's description.</summary>
    public static PluginDescriptor DescriptorOf<TPlugin>()
        where TPlugin : Plugin, IPluginClass => DescriptorOf<TPlugin>("");

    /// <summary>The plugin's description, in an emulator whose project gives it default options.</summary>
    /// <param name="defaultOptions">As on the command line behind the plugin's name: <c>option[=value][,…]</c>.</param>
    public static PluginDescriptor DescriptorOf<TPlugin>(string defaultOptions)
        where TPlugin : Plugin, IPluginClass => TPlugin.Descriptor.With(TPlugin.Topic, TPlugin.Example, defaultOptions);

    /// <summary>The description of a plugin that exists already, with its options set: it is the one that is installed, once.</summary>
    /// <param name="plugin">The plugin.</param>
    public static PluginDescriptor DescriptorOf<TPlugin>(TPlugin plugin)
        where TPlugin : Plugin, IPluginClass
    {
        var known = DescriptorOf<TPlugin>();
        return new PluginDescriptor
        {
            Name = known.Name, Summary = known.Summary, Topic = known.Topic, Example = known.Example, Events = known.Events, Options = known.Options, ChangesGuest = known.ChangesGuest,
            Provides = known.Provides, Needs = known.Needs, Create = _ => plugin,
        };
    }

    /// <summary>Gives each callback of the plugin to <paramref name="binder"/>.</summary>
    public static void BindCallbacks<TPlugin, TBinder>(ref TBinder binder)
        where TPlugin : Plugin, IPluginClass
        where TBinder : struct, ICallbackBinder => TPlugin.BindCallbacks(ref binder);
}
