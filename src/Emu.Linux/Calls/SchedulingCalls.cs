using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Processors and priorities.</summary>
internal static class SchedulingCalls
{
    [Syscall(124)]
    public static SysResult SchedYield(ref SyscallContext c) => c.Host(HostCall.SchedYield);

    [Syscall(123)]
    public static SysResult SchedGetaffinity(ref SyscallContext c, int process, uint size, GuestPointer mask) =>
        c.Host(HostCall.SchedGetaffinity, process, (nint)size, mask);

    [Syscall(122)]
    public static SysResult SchedSetaffinity(ref SyscallContext c, int process, uint size, GuestPointer mask) =>
        c.Host(HostCall.SchedSetaffinity, process, (nint)size, mask);

    [Syscall(118)]
    public static SysResult SchedSetparam(ref SyscallContext c, int process, GuestPointer parameter) =>
        c.Host(HostCall.SchedSetparam, process, parameter);

    [Syscall(119)]
    public static SysResult SchedSetscheduler(ref SyscallContext c, int process, int policy, GuestPointer parameter) =>
        c.Host(HostCall.SchedSetscheduler, process, policy, parameter);

    [Syscall(120)]
    public static SysResult SchedGetscheduler(ref SyscallContext c, int process) => c.Host(HostCall.SchedGetscheduler, process);

    [Syscall(121)]
    public static SysResult SchedGetparam(ref SyscallContext c, int process, GuestPointer parameter) =>
        c.Host(HostCall.SchedGetparam, process, parameter);

    // struct sched_attr is the same for guest and host.
    [Syscall(274)]
    public static SysResult SchedSetattr(ref SyscallContext c, int process, GuestPointer attributes, uint flags) =>
        c.Host(HostCall.SchedSetattr, process, attributes, (nint)flags);

    [Syscall(275)]
    public static SysResult SchedGetattr(ref SyscallContext c, int process, GuestPointer attributes, uint size, uint flags) =>
        c.Host(HostCall.SchedGetattr, process, attributes, (nint)size, (nint)flags);

    [Syscall(125)]
    public static SysResult SchedGetPriorityMax(ref SyscallContext c, int policy) => c.Host(HostCall.SchedGetPriorityMax, policy);

    [Syscall(126)]
    public static SysResult SchedGetPriorityMin(ref SyscallContext c, int policy) => c.Host(HostCall.SchedGetPriorityMin, policy);

    [Syscall(127)]
    public static SysResult SchedRrGetInterval(ref SyscallContext c, int process, GuestPointer interval) =>
        c.Host(HostCall.SchedRrGetInterval, process, interval);

    [Syscall(140)]
    public static SysResult Setpriority(ref SyscallContext c, int kind, int who, int priority) => c.Host(HostCall.Setpriority, kind, who, priority);

    [Syscall(141)]
    public static SysResult Getpriority(ref SyscallContext c, int kind, int who) => c.Host(HostCall.Getpriority, kind, who);

    [Syscall(31)]
    public static SysResult IoprioGet(ref SyscallContext c, int kind, int who) => c.Host(HostCall.IoprioGet, kind, who);

    [Syscall(30)]
    public static SysResult IoprioSet(ref SyscallContext c, int kind, int who, int priority) => c.Host(HostCall.IoprioSet, kind, who, priority);

    [Syscall(168)]
    public static SysResult Getcpu(ref SyscallContext c, GuestPointer cpu, GuestPointer node) => c.Host(HostCall.Getcpu, cpu, node);
}
