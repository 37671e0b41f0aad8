namespace Emu.Plugins;

/// <summary>A vCPU stops working because it waits.</summary>
public interface IOnVCpuIdle
{
    /// <summary>
    /// Called on the thread of the vCPU when it begins to wait: a program's thread in a system call whose purpose that is (sleeping, polling) or that finds nothing to read, to
    /// accept or no room to write, a machine's processor that has nothing to do. <see cref="IOnVCpuResume"/> follows when it goes on, and before <see cref="IOnVCpuExit"/> if it never does.
    /// Never before <see cref="IOnVCpuInit"/>.
    /// </summary>
    void OnVCpuIdle(in VCpu vcpu);
}
