namespace Emu.Plugins;

/// <summary>A system call may be answered by a plugin instead.</summary>
public interface IOnSyscallFilter
{
    /// <summary>
    /// Called on the thread of the vCPU after <see cref="IOnSyscall"/>. The first plugin that answers, in the order in which they were given, supplies the result: the call is not made and
    /// the plugins behind it are not asked.
    /// </summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="call">The call.</param>
    /// <param name="result">What the guest gets; a failure is minus an error number. Looked at only if the answer is true.</param>
    /// <returns>True to answer the call, false to leave it to others.</returns>
    bool OnSyscallFilter(in VCpu vcpu, in SystemCall call, out long result);
}
