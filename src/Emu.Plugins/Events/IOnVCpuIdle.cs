namespace Emu.Plugins;

/// <summary>A vCPU stops working because it waits.</summary>
public interface IOnVCpuIdle
{
    /// <summary>Called on the thread of the vCPU when it begins to wait; <see cref="IOnVCpuResume"/> follows when it goes on. Never before <see cref="IOnVCpuInit"/>.</summary>
    void OnVCpuIdle(in VCpu vcpu);
}
