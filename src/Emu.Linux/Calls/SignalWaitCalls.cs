using System.Diagnostics;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Signals;

namespace Emu.Linux.Calls;

/// <summary>Waiting for signals, and timers that send them.</summary>
internal static unsafe class SignalWaitCalls
{
    [Syscall(133)]
    public static SysResult RtSigsuspend(ref SyscallContext c, GuestIn<ulong> mask, ulong setSize)
    {
        if (setSize != sizeof(ulong))
            return Errno.EINVAL;
        if (mask.IsNull)
            return Errno.EFAULT;
        var (process, thread) = (c.Process, c.Thread);
        thread.Attach();
        thread.MaskToRestore ??= thread.SignalMask;
        thread.SignalMask = mask.Value & ~SignalFacts.AbsoluteBits;
        process.TakeSignals(thread);
        while (!thread.IsCalled && !thread.HasEnded)
        {
            c.Wait(HostCall.Ppoll);
            process.TakeSignals(thread);
        }

        return Errno.EINTR;
    }

    [Syscall(137)]
    public static SysResult RtSigtimedwait(ref SyscallContext c, GuestIn<ulong> set, GuestOut<SignalInfo> result, GuestIn<TimeSpan64> timeout, ulong setSize)
    {
        if (setSize != sizeof(ulong))
            return Errno.EINVAL;
        if (set.IsNull)
            return Errno.EFAULT;
        if (!timeout.IsNull && timeout.Value is not { Seconds: >= 0, Nanoseconds: >= 0 and < 1_000_000_000 })
            return Errno.EINVAL;
        c.Thread.Attach();
        var answer = WaitFor(ref c, set.Value, timeout, out var info);
        return answer.IsError || result.IsNull || !result.Set(ref c, info).IsError ? answer : Errno.EFAULT;
    }

    private static SysResult WaitFor(ref SyscallContext c, ulong set, GuestIn<TimeSpan64> timeout, out SignalInfo info)
    {
        var (thread, left, start) = (c.Thread, timeout.Value, Stopwatch.GetTimestamp());
        SignalInfo found;
        while (true)
        {
            c.Process.TakeSignals(thread);
            if (thread.Pending.TryTake(~set, out info))
                return (long)info.Signal;
            if (thread.IsCalled || thread.HasEnded)
                return Errno.EINTR;
            var answer = c.Wait(HostCall.RtSigtimedwait, (nint)(&set), (nint)(&found), timeout.IsNull ? 0 : (nint)(&left), sizeof(ulong));
            info = found;
            if (!answer.IsInterrupted)
                return answer;
            left = Rest(timeout.Value, Stopwatch.GetElapsedTime(start));
        }
    }

    private static TimeSpan64 Rest(TimeSpan64 whole, TimeSpan passed)
    {
        var ticks = Int128.Max(0, ((Int128)whole.Seconds * TimeSpan.TicksPerSecond) + (whole.Nanoseconds / 100) - passed.Ticks);
        return new TimeSpan64 { Seconds = (long)(ticks / TimeSpan.TicksPerSecond), Nanoseconds = (long)(ticks % TimeSpan.TicksPerSecond) * 100 };
    }

    [Syscall(74)]
    public static SysResult Signalfd4(ref SyscallContext c, int fd, GuestPointer mask, ulong size, OpenFlags flags) =>
        HostDescriptors.IsReserved(fd) ? Errno.EBADF : c.Host(HostCall.Signalfd4, fd, mask, (nint)size, (nint)flags);

    // Timers of the host: struct sigevent, whose thread number is the host's too, and itimerspec are the same for guest and host.
    [Syscall(107)]
    public static SysResult TimerCreate(ref SyscallContext c, ClockId clock, GuestPointer notification, GuestPointer timer) =>
        c.Host(HostCall.TimerCreate, (nint)clock, notification, timer);

    [Syscall(108)]
    public static SysResult TimerGettime(ref SyscallContext c, int timer, GuestPointer value) => c.Host(HostCall.TimerGettime, timer, value);

    [Syscall(109)]
    public static SysResult TimerGetoverrun(ref SyscallContext c, int timer) => c.Host(HostCall.TimerGetoverrun, timer);

    [Syscall(110)]
    public static SysResult TimerSettime(ref SyscallContext c, int timer, int flags, GuestPointer value, GuestPointer old) =>
        c.Host(HostCall.TimerSettime, timer, flags, value, old);

    [Syscall(111)]
    public static SysResult TimerDelete(ref SyscallContext c, int timer) => c.Host(HostCall.TimerDelete, timer);

    // struct itimerval is the same for guest and host; the signal comes to the host process.
    [Syscall(102)]
    public static SysResult Getitimer(ref SyscallContext c, int kind, GuestPointer value) => c.Host(HostCall.Getitimer, kind, value);

    [Syscall(103)]
    public static SysResult Setitimer(ref SyscallContext c, int kind, GuestPointer value, GuestPointer old) =>
        c.Host(HostCall.Setitimer, kind, value, old);
}
