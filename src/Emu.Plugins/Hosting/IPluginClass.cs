namespace Emu.Plugins.Hosting;

/// <summary>What the generator adds to each plugin class.</summary>
public interface IPluginClass
{
    /// <summary>Name, events and options of the plugin, and how to make one.</summary>
    static abstract PluginDescriptor Descriptor { get; }

    /// <summary>What people ask that the plugin answers: the help lists it there. A plugin's class says so by a public static property of this name.</summary>
    static virtual PluginTopic Topic => PluginTopic.Other;

    /// <summary>What the help shows behind <c>emu</c> as an example, such as <c>-p bb,inline PROGRAM</c>; empty for none. A plugin's class says so by a public static property of this name.</summary>
    static virtual string Example => "";

    /// <summary>Gives each callback of the plugin to <paramref name="binder"/>.</summary>
    static abstract void BindCallbacks<TBinder>(ref TBinder binder)
        where TBinder : struct, ICallbackBinder;
}
