namespace Emu.Plugins.Hosting;

/// <summary>The registry of an executable without plugins.</summary>
public readonly struct NoPlugins : IPluginRegistry
{
    /// <inheritdoc/>
    public static PluginEvents Reachable => PluginEvents.None;

    /// <inheritdoc/>
    public static IReadOnlyList<PluginDescriptor> Plugins => [];

    /// <inheritdoc/>
    public static void BindCallbacks<TBinder>(ref TBinder binder)
        where TBinder : struct, ICallbackBinder
    {
    }
}
