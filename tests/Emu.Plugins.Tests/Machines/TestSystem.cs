using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Guest.RiscV;
using Emu.Ir;

namespace Emu.Plugins.Tests.Machines;

/// <summary>The least of an operating system: call 93 ends the vCPU, others are the test's, traps and faults end the vCPU and are kept.</summary>
internal sealed class TestSystem : IGuestSystem
{
    public const int ExitCall = 93;

    /// <summary>Called for every other system call, with its number; outside translated code.</summary>
    public Action<VCpuContext, int>? Syscall { get; set; }

    public GuestFault? Fault { get; private set; }

    public IrTrap? Trap { get; private set; }

    public bool OnSyscall(VCpuContext vcpu)
    {
        var number = (int)vcpu.Register(RiscVState.OffsetOf(XRegister.A7));
        if (number == ExitCall)
            return false;
        Syscall?.Invoke(vcpu, number);
        return true;
    }

    public bool OnTrap(VCpuContext vcpu, IrTrap trap, ulong value)
    {
        Trap = trap;
        return false;
    }

    public bool OnFault(VCpuContext vcpu, GuestFault fault)
    {
        Fault = fault;
        return false;
    }
}
