namespace Emu.Plugins;

/// <summary>A vCPU goes on after it waited.</summary>
public interface IOnVCpuResume
{
    /// <summary>Called on the thread of the vCPU when it goes on, once for each <see cref="IOnVCpuIdle"/> that the plugin was told of, or would have been.</summary>
    void OnVCpuResume(in VCpu vcpu);
}
