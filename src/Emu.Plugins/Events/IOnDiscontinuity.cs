namespace Emu.Plugins;

/// <summary>A vCPU goes on elsewhere without an instruction that says so.</summary>
public interface IOnDiscontinuity
{
    /// <summary>
    /// Called on the thread of the vCPU when a handler of the guest is about to run or has returned: its registers and program counter are those it goes on with. A signal that ends
    /// the program is none, as nothing follows it.
    /// </summary>
    void OnDiscontinuity(in VCpu vcpu, in Discontinuity discontinuity);
}
