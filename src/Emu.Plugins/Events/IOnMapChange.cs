namespace Emu.Plugins;

/// <summary>The guest's address space changes.</summary>
public interface IOnMapChange
{
    /// <summary>
    /// Called on the thread of the vCPU whose system call has changed something, before it goes on: once for each range of one kind. What is mapped when the program begins is told before
    /// its first instruction, range by range. A stack that grows by being used is not told.
    /// </summary>
    /// <remarks>Where threads change the same pages at once, the order of the events need not be that of the changes.</remarks>
    void OnMapChange(in VCpu vcpu, in MapChange change);
}
