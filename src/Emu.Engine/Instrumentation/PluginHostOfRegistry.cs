using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation;

/// <summary>
/// The plugin host of an executable: the registry that the generator wrote is a type whose members are constants, so the compiler drops the
/// copies of translator and engine that no linked plugin can make use of.
/// </summary>
/// <typeparam name="TRegistry">The linked plugins.</typeparam>
public sealed class PluginHost<TRegistry> : PluginHost
    where TRegistry : struct, IPluginRegistry
{
    /// <summary>A host without plugins yet.</summary>
    /// <param name="machine">The machine whose guest is watched; it has no vCPU that runs.</param>
    /// <param name="guest">What plugins are told when they are installed.</param>
    /// <param name="log">Takes lines of plugins and messages about them; called by one thread at a time.</param>
    public PluginHost(Machine machine, in GuestInfo guest, Action<string> log)
        : base(machine, guest, BoundCallbacks.Of<TRegistry>(), log)
    {
    }

    /// <inheritdoc/>
    public override bool Watches(PluginEvents events) => (TRegistry.Reachable & events) != 0 && HasSubscribers(events);

    private protected override IReadOnlyList<PluginDescriptor> Linked => TRegistry.Plugins;

    internal override void RunInMask(VCpuLoop loop, EventMask mask)
    {
        if ((TRegistry.Reachable & PluginEvents.Translate) != 0 && mask == EventMask.Translation)
            loop.RunIn<TranslationEvents>();
        else
            loop.RunIn<NoEvents>();
    }
}
