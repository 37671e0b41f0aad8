using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Process;
using Emu.Linux.Signals;

namespace Emu.Linux.Calls;

/// <summary>The process and its threads: end, numbers, groups, priorities.</summary>
internal static class ProcessCalls
{
    [Syscall(93, Returns = SyscallReturns.Never)]
    public static SysResult Exit(ref SyscallContext c, int code)
    {
        if (c.Thread.IsSharedChild)
            HostProcess.Exit(code);
        c.Process.EndThread(c.Thread, code & 0xff);
        return SysResult.None;
    }

    [Syscall(94, Returns = SyscallReturns.Never)]
    public static SysResult ExitGroup(ref SyscallContext c, int code)
    {
        if (c.Thread.IsSharedChild)
            HostProcess.Exit(code);
        c.Process.End(new GuestExit(code & 0xff, 0));
        return SysResult.None;
    }

    [Syscall(96)]
    public static SysResult SetTidAddress(ref SyscallContext c, GuestAddress address)
    {
        c.Thread.ClearOnExit = address;
        return c.Thread.Id;
    }

    [Syscall(99)]
    public static SysResult SetRobustList(ref SyscallContext c, GuestAddress head, ulong size)
    {
        const ulong HeadSize = 24; // sizeof(struct robust_list_head)
        if (size != HeadSize)
            return Errno.EINVAL;
        c.Thread.RobustList = head;
        return SysResult.None;
    }

    [Syscall(100)]
    public static SysResult GetRobustList(ref SyscallContext c, int thread, GuestOut<ulong> head, GuestOut<ulong> size)
    {
        var owner = thread == 0 ? c.Thread : c.Process.FindThread(thread);
        if (owner is null)
            return Errno.ESRCH;
        var result = head.Set(ref c, owner.RobustList);
        return result.IsError ? result : size.Set(ref c, 24);
    }

    [Syscall(293, Refused = "restartable sequences need every preemption to be noticed; C libraries go on without them")]
    public static SysResult Rseq(ref SyscallContext c, GuestAddress area, uint size, int flags, uint signature) => Errno.ENOSYS;

    [Syscall(172)]
    public static SysResult Getpid(ref SyscallContext c) => c.Host(HostCall.Getpid);

    [Syscall(173)]
    public static SysResult Getppid(ref SyscallContext c) => c.Host(HostCall.Getppid);

    [Syscall(178)]
    public static SysResult Gettid(ref SyscallContext c) => c.Thread.Id;

    [Syscall(155)]
    public static SysResult Getpgid(ref SyscallContext c, int process) => c.Host(HostCall.Getpgid, process);

    [Syscall(154)]
    public static SysResult Setpgid(ref SyscallContext c, int process, int group) => c.Host(HostCall.Setpgid, process, group);

    [Syscall(156)]
    public static SysResult Getsid(ref SyscallContext c, int process) => c.Host(HostCall.Getsid, process);

    [Syscall(157)]
    public static SysResult Setsid(ref SyscallContext c) => c.Host(HostCall.Setsid);

    [Syscall(260)]
    public static SysResult Wait4(ref SyscallContext c, int process, GuestPointer status, int options, GuestPointer usage) =>
        c.Wait(HostCall.Wait4, process, status, options, usage);

    [Syscall(95)]
    public static SysResult Waitid(ref SyscallContext c, int kind, int id, GuestPointer info, int options, GuestPointer usage) =>
        c.Wait(HostCall.Waitid, kind, id, info, options, usage);

    [Syscall(434)]
    public static SysResult PidfdOpen(ref SyscallContext c, int process, uint flags) => c.Host(HostCall.PidfdOpen, process, (nint)flags);

    [Syscall(424)]
    public static SysResult PidfdSendSignal(ref SyscallContext c, Fd process, Signal signal, GuestPointer info, uint flags) =>
        c.Host(HostCall.PidfdSendSignal, process, (nint)signal, info, (nint)flags);

    [Syscall(438)]
    public static SysResult PidfdGetfd(ref SyscallContext c, Fd process, int fd, uint flags) => c.Host(HostCall.PidfdGetfd, process, fd, (nint)flags);

    [Syscall(92)]
    public static SysResult Personality(ref SyscallContext c, uint persona)
    {
        const uint Query = 0xffffffff;
        // ADDR_COMPAT_LAYOUT, ADDR_NO_RANDOMIZE, SHORT_INODE, WHOLE_SECONDS, STICKY_TIMEOUTS, ADDR_LIMIT_3GB: they mean nothing here, or are so already.
        const uint Harmless = 0x0f240000;
        var before = c.Process.Personality;
        // Others would change the host process, not the guest.
        if (persona != Query && (persona & ~Harmless) != 0)
            return Errno.EINVAL;
        if (persona != Query)
            c.Process.Personality = persona;
        return before;
    }

    [Syscall(167)]
    public static SysResult Prctl(ref SyscallContext c, PrctlOption option, GuestAddress argument, ulong third, ulong fourth, ulong fifth)
    {
        switch (option)
        {
            case PrctlOption.PR_SET_NAME or PrctlOption.PR_GET_NAME or PrctlOption.PR_GET_PDEATHSIG or PrctlOption.PR_GET_CHILD_SUBREAPER:
                return c.Host(HostCall.Prctl, (nint)option, c.HostAddress(argument), (nint)third, (nint)fourth, (nint)fifth);
            default:
                if (!Enum.IsDefined(option))
                    return Errno.EINVAL;
                return c.Host(HostCall.Prctl, (nint)option, (nint)argument.Value, (nint)third, (nint)fourth, (nint)fifth);
        }
    }
}
