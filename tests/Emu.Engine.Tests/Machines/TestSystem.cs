using System.Collections.Concurrent;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Guest.RiscV;
using Emu.Ir;

namespace Emu.Engine.Tests.Machines;

/// <summary>The least of an operating system: call 93 ends the vCPU, others are the test's; traps and faults are kept and end the vCPU.</summary>
internal sealed class TestSystem : IGuestSystem
{
    public const int ExitCall = 93;

    /// <summary>Called for every other system call, with its number; outside translated code.</summary>
    public Action<VCpuContext, int>? Syscall { get; set; }

    /// <summary>Try an access that failed again, and do not keep the fault.</summary>
    public bool RetriesFaults { get; init; }

    /// <summary>Faults so far, with the address of the instruction.</summary>
    public ConcurrentQueue<(ulong Pc, GuestFault Fault)> Faults { get; } = new();

    /// <summary>Traps so far, with the address of the instruction.</summary>
    public ConcurrentQueue<(ulong Pc, IrTrap Trap, ulong Value)> Traps { get; } = new();

    public bool OnSyscall(VCpuContext vcpu)
    {
        var number = (int)vcpu.Register(TestMachine.Offset(XRegister.A7));
        if (number == ExitCall)
            return false;
        Syscall?.Invoke(vcpu, number);
        return true;
    }

    public bool OnTrap(VCpuContext vcpu, IrTrap trap, ulong value)
    {
        Traps.Enqueue((vcpu.Pc, trap, value));
        return false;
    }

    public bool OnFault(VCpuContext vcpu, GuestFault fault)
    {
        if (RetriesFaults)
            return true;
        Faults.Enqueue((vcpu.Pc, fault));
        return false;
    }
}
