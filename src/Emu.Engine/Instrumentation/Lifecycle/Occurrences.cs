using Emu.Plugins;

namespace Emu.Engine.Instrumentation.Lifecycle;

/// <summary>Something that a plugin is told of: which method is called with what.</summary>
internal interface IOccurrence
{
    /// <summary>Tells a plugin that implements the interface of the event.</summary>
    void Tell(Plugin plugin, in VCpu vcpu);
}

/// <summary>A vCPU went on elsewhere.</summary>
internal readonly struct ToldDiscontinuity(Discontinuity discontinuity) : IOccurrence
{
    public void Tell(Plugin plugin, in VCpu vcpu) => ((IOnDiscontinuity)plugin).OnDiscontinuity(vcpu, discontinuity);
}

/// <summary>The address space changed.</summary>
internal readonly struct ToldMapChange(MapChange change) : IOccurrence
{
    public void Tell(Plugin plugin, in VCpu vcpu) => ((IOnMapChange)plugin).OnMapChange(vcpu, change);
}

/// <summary>A module was loaded.</summary>
internal readonly struct ToldModule(Module module) : IOccurrence
{
    public void Tell(Plugin plugin, in VCpu vcpu) => ((IOnModuleLoad)plugin).OnModuleLoad(vcpu, module);
}

/// <summary>The process was copied.</summary>
internal readonly struct ToldFork(Fork fork) : IOccurrence
{
    public void Tell(Plugin plugin, in VCpu vcpu) => ((IOnFork)plugin).OnFork(vcpu, fork);
}

/// <summary>Another program is executed.</summary>
internal readonly struct ToldExec(string path, IReadOnlyList<string> arguments) : IOccurrence
{
    public void Tell(Plugin plugin, in VCpu vcpu) => ((IOnExec)plugin).OnExec(vcpu, path, arguments);
}
