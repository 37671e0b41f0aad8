namespace Emu.Plugins;

/// <summary>The guest's process was copied.</summary>
public interface IOnFork
{
    /// <summary>
    /// Called in both processes on the thread that asked for it, before it goes on: in the child first thing, when it is the only thread there, in the parent once the child has its
    /// number. The child has a copy of all that the plugin has counted and kept; where the memory is shared (vfork) it is the same.
    /// </summary>
    void OnFork(in VCpu vcpu, in Fork fork);
}
