using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Engine.Contracts;

/// <summary>
/// What stands above the vCPU: an operating system's interface in user mode. Called on the vCPU's own thread outside translated code, so it may block.
/// Each method returns false to end the vCPU.
/// </summary>
public interface IGuestSystem
{
    /// <summary>The guest made a system call; <see cref="VCpuContext.Pc"/> is already the address after it.</summary>
    bool OnSyscall(VCpuContext vcpu);

    /// <summary>The guest raised an exception at <see cref="VCpuContext.Pc"/>.</summary>
    bool OnTrap(VCpuContext vcpu, IrTrap trap, ulong value);

    /// <summary>A load or store at <see cref="VCpuContext.Pc"/> failed.</summary>
    bool OnFault(VCpuContext vcpu, GuestFault fault);

    /// <summary>The word at <see cref="VCpuContext.Attention"/> is not zero; the system has to see to it that it becomes zero again.</summary>
    bool OnAttention(VCpuContext vcpu) => true;

    /// <summary>The debugger wants the vCPU to get a signal, by the system's number, before it goes on.</summary>
    bool OnDebuggerSignal(VCpuContext vcpu, int signal) => true;
}
