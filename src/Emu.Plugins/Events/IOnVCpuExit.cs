namespace Emu.Plugins;

/// <summary>A vCPU ends.</summary>
public interface IOnVCpuExit
{
    /// <summary>
    /// Called once for each vCPU when it ends, the last one and those that are alive when the guest exits included. On its thread, but at the exit of
    /// the guest on the thread that ends it.
    /// </summary>
    void OnVCpuExit(in VCpu vcpu);
}
