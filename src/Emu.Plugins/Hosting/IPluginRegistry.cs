namespace Emu.Plugins.Hosting;

/// <summary>
/// The plugins that an executable was built with. The generator writes one, <c>LinkedPlugins</c>, in each project that asks for it; being a type whose members are
/// constants, it lets the compiler leave out what no linked plugin can reach.
/// </summary>
public interface IPluginRegistry
{
    /// <summary>Every event that a linked plugin implements.</summary>
    static abstract PluginEvents Reachable { get; }

    /// <summary>The plugins, by name.</summary>
    static abstract IReadOnlyList<PluginDescriptor> Plugins { get; }

    /// <summary>Gives each callback of each linked plugin to <paramref name="binder"/>.</summary>
    static abstract void BindCallbacks<TBinder>(ref TBinder binder)
        where TBinder : struct, ICallbackBinder;
}
