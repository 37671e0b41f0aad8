namespace Emu.Plugins.Hosting;

/// <summary>What the generator adds to each plugin class.</summary>
public interface IPluginClass
{
    /// <summary>Name, events and options of the plugin, and how to make one.</summary>
    static abstract PluginDescriptor Descriptor { get; }

    /// <summary>Gives each callback of the plugin to <paramref name="binder"/>.</summary>
    static abstract void BindCallbacks<TBinder>(ref TBinder binder)
        where TBinder : struct, ICallbackBinder;
}
