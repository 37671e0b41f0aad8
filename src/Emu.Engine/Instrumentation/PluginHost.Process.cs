using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Engine.Memory;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation;

// What the operating system does to the guest's process and its address space: told on the vCPU's thread, as system calls are. Whoever calls asks Watches first.
public abstract partial class PluginHost
{
    /// <summary>Modules that plugins were told of.</summary>
    private readonly HashSet<Module> _toldModules = [];

    /// <summary>True if somebody listens to one of the events; constant false if no linked plugin could.</summary>
    public abstract bool Watches(PluginEvents events);

    /// <summary>The vCPU goes on elsewhere, at its program counter.</summary>
    public void Discontinued(VCpuContext vcpu, in Discontinuity discontinuity) => Tell(PluginEvents.Discontinuity, vcpu, new ToldDiscontinuity(discontinuity));

    /// <summary>The address space has changed.</summary>
    public void MapChanged(VCpuContext vcpu, in MapChange change) => Tell(PluginEvents.MapChange, vcpu, new ToldMapChange(change));

    /// <summary>What lies from <paramref name="start"/> to <paramref name="end"/> was mapped.</summary>
    public void Mapped(VCpuContext vcpu, ulong start, ulong end)
    {
        foreach (var part in Machine.Memory.MappedParts(start, end))
            MapChanged(vcpu, ChangeOf(MapChangeKind.Map, part));
    }

    /// <summary>What lies from <paramref name="start"/> to <paramref name="end"/> got these rights, as far as it has them.</summary>
    public void Protected(VCpuContext vcpu, ulong start, ulong end, PagePermissions permissions)
    {
        foreach (var part in Machine.Memory.MappedParts(start, end))
            if (part.Permissions == permissions)
                MapChanged(vcpu, ChangeOf(MapChangeKind.Protect, part));
    }

    /// <summary>What lies from <paramref name="start"/> to <paramref name="end"/> lay elsewhere, or had another length.</summary>
    public void Moved(VCpuContext vcpu, ulong oldStart, ulong oldEnd, ulong start, ulong end)
    {
        foreach (var part in Machine.Memory.MappedParts(start, end))
            MapChanged(vcpu, ChangeOf(MapChangeKind.Move, part) with { OldStart = oldStart, OldEnd = oldEnd });
    }

    /// <summary>Code was mapped: tells of the modules that are new.</summary>
    public void CodeMapped(VCpuContext vcpu)
    {
        foreach (var module in Symbols?.Modules ?? [])
            if (HasCode(module) && IsNew(module))
                ModuleLoaded(vcpu, module);
    }

    /// <summary>A module was loaded.</summary>
    public void ModuleLoaded(VCpuContext vcpu, Module module) => Tell(PluginEvents.ModuleLoad, vcpu, new ToldModule(module));

    /// <summary>The process was copied.</summary>
    public void Forked(VCpuContext vcpu, in Fork fork) => Tell(PluginEvents.Fork, vcpu, new ToldFork(fork));

    /// <summary>The process is about to execute another program.</summary>
    public void Executing(VCpuContext vcpu, string path, IReadOnlyList<string> arguments) => Tell(PluginEvents.Exec, vcpu, new ToldExec(path, arguments));

    /// <summary>Before the first instruction of all: what the loader has mapped.</summary>
    private void TellOfStart(VCpuContext vcpu)
    {
        if (Watches(PluginEvents.MapChange))
            Mapped(vcpu, 0, GuestMemory.Size);
        if (Watches(PluginEvents.ModuleLoad))
            CodeMapped(vcpu);
    }

    private bool HasCode(Module module)
    {
        foreach (var part in Machine.Memory.MappedParts(module.Start, module.End))
            if ((part.Permissions & PagePermissions.Execute) != 0 && part.File?.Name == module.Path)
                return true;
        return false;
    }

    private bool IsNew(Module module)
    {
        lock (_gate)
            return _toldModules.Add(module);
    }

    private static MapChange ChangeOf(MapChangeKind kind, in Mapping mapping) => new()
    {
        Kind = kind,
        Start = mapping.Start,
        End = mapping.End,
        Rights = (MapRights)(mapping.Permissions & (PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute)), // the same bits
        IsShared = mapping.IsShared,
        Name = mapping.File?.Name ?? mapping.Label,
        FileOffset = (ulong)mapping.Offset,
    };

    private unsafe void Tell<TOccurrence>(PluginEvents single, VCpuContext vcpu, in TOccurrence occurrence)
        where TOccurrence : struct, IOccurrence
    {
        var access = EnterEvent(vcpu);
        try
        {
            foreach (var subscriber in Subscribers(single))
                Tell(subscriber.Plugin, vcpu, occurrence);
        }
        finally
        {
            LeaveEvent(vcpu, access);
        }
    }

    private unsafe void Tell<TOccurrence>(Plugin plugin, VCpuContext vcpu, in TOccurrence occurrence)
        where TOccurrence : struct, IOccurrence
    {
        try
        {
            occurrence.Tell(plugin, in VCpu.At((nint)vcpu.State));
        }
        catch (Exception exception)
        {
            OnPluginFailed(plugin, exception);
        }
    }
}
