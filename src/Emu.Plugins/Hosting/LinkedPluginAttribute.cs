namespace Emu.Plugins.Hosting;

/// <summary>Written by the generator on an assembly for each plugin in it: how an executable finds the plugins among its references.</summary>
/// <param name="plugin">The plugin class.</param>
/// <param name="apiVersion">The <see cref="PluginApi.Version"/> that it was compiled against.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LinkedPluginAttribute(Type plugin, int apiVersion) : Attribute
{
    /// <summary>The plugin class.</summary>
    public Type Plugin { get; } = plugin;

    /// <summary>The <see cref="PluginApi.Version"/> that it was compiled against.</summary>
    public int ApiVersion { get; } = apiVersion;
}
