namespace Emu.Plugins;

/// <summary>A system call has its result.</summary>
public interface IOnSyscallReturn
{
    /// <summary>
    /// Called on the thread of the vCPU, once for each <see cref="IOnSyscall"/> whose call comes back: <c>exit</c> and its like do not. The result is in the vCPU's registers already;
    /// signals are delivered after it.
    /// </summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="call">The call, with the arguments that it had when it was made.</param>
    /// <param name="result">What the guest gets; a failure is minus an error number.</param>
    void OnSyscallReturn(in VCpu vcpu, in SystemCall call, long result);
}
