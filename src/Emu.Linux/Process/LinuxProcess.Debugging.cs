using Emu.Engine.Execution;
using Emu.Linux.Host;
using Emu.Linux.Signals;

namespace Emu.Linux.Process;

// What a debugger does to the process.
public sealed partial class LinuxProcess
{
    /// <inheritdoc/>
    public bool OnDebuggerSignal(VCpuContext vcpu, int signal)
    {
        var thread = ThreadOf(vcpu);
        thread.Given = (Signal)signal;
        Delivery.Raise(thread, SignalInfo.OfSelf((Signal)signal, SignalCode.Kill));
        DeliverSignals(thread);
        return GoesOn(thread);
    }

    /// <summary>
    /// The debugger wants to change the registers of a thread that is in a call: the thread goes back to the instruction and waits there. If the debugger has moved it, there is
    /// no call any more.
    /// </summary>
    private void WaitOutsideCall(LinuxThread thread)
    {
        var vcpu = thread.VCpu;
        vcpu.Pc -= Guest.SyscallLength;
        var start = vcpu.Pc;
        thread.LeavesCall = thread.IsInCall = false;
        vcpu.Debug?.WaitWhileHeld();
        thread.HasOwnRegisters = vcpu.Pc != start;
        if (thread.HasOwnRegisters)
            return;
        vcpu.Pc += Guest.SyscallLength;
        thread.IsInCall = true;
    }
}
