using System.Runtime.InteropServices;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Other processes, security modules, and what is left.</summary>
internal static unsafe class OtherProcessCalls
{
    [Syscall(270)]
    public static SysResult ProcessVmReadv(ref SyscallContext c, int process, GuestVectors local, GuestVectors remote, ulong flags) =>
        IsOwn(process) ? c.Host(HostCall.ProcessVmReadv, process, local.Pointer, local.Count, remote.Pointer, remote.Count, (nint)flags) : Errno.EPERM;

    [Syscall(271)]
    public static SysResult ProcessVmWritev(ref SyscallContext c, int process, GuestVectors local, GuestVectors remote, ulong flags) =>
        IsOwn(process) ? c.Host(HostCall.ProcessVmWritev, process, local.Pointer, local.Count, remote.Pointer, remote.Count, (nint)flags) : Errno.EPERM;

    [Syscall(272)]
    public static SysResult Kcmp(ref SyscallContext c, int first, int second, int kind, GuestAddress firstIndex, GuestAddress secondIndex)
    {
        const int EpollTarget = 7; // KCMP_EPOLL_TFD: the second index is the address of a structure
        return c.Host(HostCall.Kcmp, first, second, kind, (nint)firstIndex.Value, kind == EpollTarget ? c.HostSource(secondIndex) : (nint)secondIndex.Value);
    }

    [Syscall(448)]
    public static SysResult ProcessMrelease(ref SyscallContext c, Fd process, uint flags) => c.Host(HostCall.ProcessMrelease, process, (nint)flags);

    [Syscall(459)]
    public static SysResult LsmGetSelfAttr(ref SyscallContext c, uint attribute, GuestPointer result, GuestPointer size, uint flags) =>
        c.Host(HostCall.LsmGetSelfAttr, (nint)attribute, result, size, (nint)flags);

    [Syscall(460)]
    public static SysResult LsmSetSelfAttr(ref SyscallContext c, uint attribute, GuestPointer value, uint size, uint flags) =>
        c.Host(HostCall.LsmSetSelfAttr, (nint)attribute, value, (nint)size, (nint)flags);

    [Syscall(461)]
    public static SysResult LsmListModules(ref SyscallContext c, GuestPointer result, GuestPointer size, uint flags) =>
        c.Host(HostCall.LsmListModules, result, size, (nint)flags);

    /// <summary>Calls are made again by going back to them: nothing is ever left to restart (kernel/signal.c, do_no_restart_syscall).</summary>
    [Syscall(128)]
    public static SysResult RestartSyscall(ref SyscallContext c) => Errno.EINTR;

    [Syscall(184)]
    public static SysResult MqNotify(ref SyscallContext c, Fd queue, GuestIn<SignalEvent> wanted)
    {
        if (wanted.IsNull)
            return c.Host(HostCall.MqNotify, queue, 0);
        var native = wanted.Value;
        if (native.Kind == SignalEvent.ByThread)
            native.Value = (ulong)c.HostSource(native.Value); // the cookie that the C library waits for
        return c.Host(HostCall.MqNotify, queue, (nint)(&native));
    }

    /// <summary>Where another guest's memory lies is not known here.</summary>
    private static bool IsOwn(int process) => process == HostProcess.Id;
}

/// <summary><c>struct sigevent</c> (sigevent(7)), the same for guest and host but for an address in it.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct SignalEvent
{
    public ulong Value;
    public int Signal;
    public int Kind;
    public int Thread;

    /// <summary>SIGEV_THREAD</summary>
    public const int ByThread = 2;
}
