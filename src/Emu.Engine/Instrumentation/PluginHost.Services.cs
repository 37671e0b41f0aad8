using Emu.Engine.Instrumentation.CommandLine;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation;

// Services: what plugins provide to each other. The build has seen to it that each has one provider and none needs itself.
public abstract partial class PluginHost
{
    /// <summary>The plugins that this executable was built with.</summary>
    private protected abstract IReadOnlyList<PluginDescriptor> Linked { get; }

    /// <summary>The installed plugins that use a service of this one: it can only go when they have gone.</summary>
    public IReadOnlyList<PluginInstance> UsersOf(PluginInstance provider) =>
        Array.FindAll(_plugins, user => user.State == PluginState.Active && user.IsServedBy(provider.Descriptor));

    /// <summary>The plugin that provides a service; installs it if that is not there yet.</summary>
    /// <param name="service">What is provided.</param>
    /// <param name="user">Who needs it, and is being installed.</param>
    internal Plugin ProviderOf(Type service, PluginDescriptor user)
    {
        // What a provider has yet to learn is not for who comes now.
        HandOverTraces();
        return (FindProvider(service) ?? InstallProvider(service, user)).Plugin;
    }

    private PluginInstance InstallProvider(Type service, PluginDescriptor user)
    {
        var provider = Linked.AsValueEnumerable().FirstOrDefault(plugin => plugin.Provides.Contains(service))
            ?? throw new PluginInstallException($"plugin '{user.Name}' needs {service.Name}, which no plugin of this build provides");
        var chosen = PluginSelection.ByDefault(provider);
        return Install(chosen.Descriptor, chosen.Options, isForOthers: true);
    }

    /// <summary>Tells those that serve a plugin which is being uninstalled.</summary>
    private void EndServices(PluginInstance user)
    {
        foreach (var provider in user.Providers)
            if (provider is IServesPlugins serving)
                serving.EndService(user.Plugin);
    }

    /// <summary>Uninstalls what was installed for plugins that have gone.</summary>
    private void UninstallUnused()
    {
        foreach (var plugin in _plugins)
            if (plugin is { IsForOthers: true, State: PluginState.Active } && UsersOf(plugin).Count == 0)
                Uninstall(plugin.Id);
    }

    private void RefuseWhileUsed(PluginInstance provider)
    {
        if (UsersOf(provider) is [var user, ..])
            throw new InvalidOperationException($"plugin '{provider.Name}' provides what plugin '{user.Name}' needs, which must go first");
    }

    private PluginInstance? FindProvider(Type service) =>
        Array.Find(_plugins, plugin => plugin.State == PluginState.Active && plugin.Descriptor.Provides.Contains(service));
}
