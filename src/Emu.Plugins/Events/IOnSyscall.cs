namespace Emu.Plugins;

/// <summary>The guest's program makes a system call.</summary>
public interface IOnSyscall
{
    /// <summary>
    /// Called on the thread of the vCPU before the call is made, also when a filter answers it or it is unknown; again if the call is made again after a signal. The program counter is
    /// that behind the call instruction.
    /// </summary>
    void OnSyscall(in VCpu vcpu, in SystemCall call);
}
