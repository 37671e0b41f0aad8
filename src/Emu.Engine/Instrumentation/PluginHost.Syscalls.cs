using System.Runtime.InteropServices;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation;

// System calls: told on the vCPU's thread, as events of vCPUs are.
public abstract partial class PluginHost
{
    /// <summary>The events of system calls.</summary>
    private protected const PluginEvents SyscallEvents = PluginEvents.Syscall | PluginEvents.SyscallReturn | PluginEvents.SyscallFilter;

    /// <summary>True if somebody listens to system calls; constant false if no linked plugin could.</summary>
    public bool WatchesSyscalls => Watches(SyscallEvents);

    /// <summary>A system call is about to be made. True if a plugin answers it with <paramref name="result"/>: then it must not be made.</summary>
    /// <param name="vcpu">Who makes it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="name">Its name, or an empty text.</param>
    /// <param name="arguments">The argument registers.</param>
    /// <param name="result">The answer: a number, or minus an error number.</param>
    public bool BeginSyscall(VCpuContext vcpu, long number, string name, ReadOnlySpan<ulong> arguments, out long result)
    {
        var call = new SystemCall(number, name, arguments);
        var access = EnterEvent(vcpu);
        try
        {
            foreach (var subscriber in Subscribers(PluginEvents.Syscall))
                Tell(subscriber, vcpu, call);
            foreach (var subscriber in Subscribers(PluginEvents.SyscallFilter))
                if (IsAnswered(subscriber, vcpu, call, out result))
                    return true;
            result = 0;
            return false;
        }
        finally
        {
            LeaveEvent(vcpu, access);
        }
    }

    /// <summary>A system call has come back, or was answered by a plugin.</summary>
    /// <param name="vcpu">Who made it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="name">Its name, or an empty text.</param>
    /// <param name="arguments">The argument registers as they were when it was made.</param>
    /// <param name="result">What the guest gets.</param>
    public void EndSyscall(VCpuContext vcpu, long number, string name, ReadOnlySpan<ulong> arguments, long result)
    {
        var call = new SystemCall(number, name, arguments);
        var access = EnterEvent(vcpu);
        try
        {
            foreach (var subscriber in Subscribers(PluginEvents.SyscallReturn))
                Tell(subscriber, vcpu, call, result);
        }
        finally
        {
            LeaveEvent(vcpu, access);
        }
    }

    private VCpuAccess EnterEvent(VCpuContext vcpu)
    {
        Machine.Exclusive.Enter(vcpu);
        var access = AccessOf(vcpu);
        access.IsInEvent = true;
        return access;
    }

    private void LeaveEvent(VCpuContext vcpu, VCpuAccess access)
    {
        access.IsInEvent = false;
        Machine.Exclusive.Leave(vcpu);
    }

    private unsafe void Tell(PluginInstance subscriber, VCpuContext vcpu, in SystemCall call)
    {
        try
        {
            ((IOnSyscall)subscriber.Plugin).OnSyscall(in VCpu.At((nint)vcpu.State), in call);
        }
        catch (Exception exception)
        {
            OnPluginFailed(subscriber.Plugin, exception);
        }
    }

    private unsafe void Tell(PluginInstance subscriber, VCpuContext vcpu, in SystemCall call, long result)
    {
        try
        {
            ((IOnSyscallReturn)subscriber.Plugin).OnSyscallReturn(in VCpu.At((nint)vcpu.State), in call, result);
        }
        catch (Exception exception)
        {
            OnPluginFailed(subscriber.Plugin, exception);
        }
    }

    private unsafe bool IsAnswered(PluginInstance subscriber, VCpuContext vcpu, in SystemCall call, out long result)
    {
        try
        {
            return ((IOnSyscallFilter)subscriber.Plugin).OnSyscallFilter(in VCpu.At((nint)vcpu.State), in call, out result);
        }
        catch (Exception exception)
        {
            OnPluginFailed(subscriber.Plugin, exception);
            result = 0;
            return false;
        }
    }
}
