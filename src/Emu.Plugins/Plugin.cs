using Emu.Plugins.Hosting;

namespace Emu.Plugins;

/// <summary>
/// A plugin: watches a guest, down to the single instruction and memory access. Derive from it, put <see cref="EmuPluginAttribute"/> on
/// the class and implement the event interfaces that are of interest.
/// </summary>
/// <remarks>
/// <para>What a plugin implements is what it is subscribed to once it is installed; <see cref="Host.Unsubscribe"/> and <see cref="Host.Subscribe"/> change that within these
/// interfaces at any time.</para>
/// <para>Events and callbacks come on the threads of the vCPUs, several at once, and no lock is held meanwhile. They must not wait for what another vCPU
/// does, as that one may have been stopped. An exception that leaves one disables the plugin with one message that names it; the guest goes on.</para>
/// </remarks>
public abstract class Plugin
{
    private Host? _host;

    /// <summary>The engine, as this plugin sees it. Valid from <see cref="Install"/> on.</summary>
    /// <exception cref="InvalidOperationException">Read before the plugin was installed, in a constructor for example.</exception>
    protected Host Host => _host ?? throw new InvalidOperationException("a plugin has no host before Install");

    /// <summary>
    /// Called once, before any vCPU runs (or, for a plugin that is added to a running guest, before its first event), with the options already set.
    /// </summary>
    /// <param name="guest">The guest that will run.</param>
    /// <exception cref="PluginInstallException">Thrown by the plugin to refuse.</exception>
    public virtual void Install(in GuestInfo guest)
    {
    }

    internal void Attach(Host host) => _host = host;
}
