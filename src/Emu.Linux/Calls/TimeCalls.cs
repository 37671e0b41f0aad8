using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Clocks and sleep. <c>struct timespec</c>, <c>timeval</c>, <c>itimerspec</c> and <c>tms</c> are the same for guest and host.</summary>
internal static unsafe class TimeCalls
{
    private const int Absolute = 1; // TIMER_ABSTIME

    [Syscall(113)]
    public static SysResult ClockGettime(ref SyscallContext c, ClockId clock, GuestPointer time) => c.Host(HostCall.ClockGettime, (nint)clock, time);

    [Syscall(112)]
    public static SysResult ClockSettime(ref SyscallContext c, ClockId clock, GuestPointer time) => c.Host(HostCall.ClockSettime, (nint)clock, time);

    [Syscall(114)]
    public static SysResult ClockGetres(ref SyscallContext c, ClockId clock, GuestPointer time) => c.Host(HostCall.ClockGetres, (nint)clock, time);

    [Syscall(115)]
    public static SysResult ClockNanosleep(ref SyscallContext c, ClockId clock, int flags, GuestPointer request, GuestPointer remaining) =>
        (flags & Absolute) != 0 ? c.Wait(HostCall.ClockNanosleep, (nint)clock, flags, request) : Sleep(ref c, clock, flags, request, remaining.Address);

    [Syscall(101)]
    public static SysResult Nanosleep(ref SyscallContext c, GuestPointer request, GuestPointer remaining) =>
        Sleep(ref c, ClockId.CLOCK_MONOTONIC, 0, request, remaining.Address);

    /// <summary>Sleeps for a time. What breaks the sleep and is none of the guest's matter does not make it longer.</summary>
    private static SysResult Sleep(ref SyscallContext c, ClockId clock, int flags, nint request, ulong remaining)
    {
        TimeSpan64 left, rest = default;
        for (var hasSlept = false; ;)
        {
            var answer = c.Wait(HostCall.ClockNanosleep, (nint)clock, flags, request, (nint)(&left));
            if (!answer.IsInterrupted || (answer.IsUndone && !hasSlept))
                return answer;
            (rest, request, hasSlept) = (answer.IsUndone ? rest : left, (nint)(&rest), true);
            c.Process.TakeSignals(c.Thread);
            if (c.Thread.IsCalled || c.Thread.HasEnded)
                return remaining == 0 || c.Memory.TryWrite(remaining, rest) ? Errno.EINTR : Errno.EFAULT;
        }
    }

    [Syscall(169)]
    public static SysResult Gettimeofday(ref SyscallContext c, GuestPointer time, GuestPointer zone) => c.Host(HostCall.Gettimeofday, time, zone);

    [Syscall(170)]
    public static SysResult Settimeofday(ref SyscallContext c, GuestPointer time, GuestPointer zone) => c.Host(HostCall.Settimeofday, time, zone);

    // struct timex is the same for guest and host.
    [Syscall(171)]
    public static SysResult Adjtimex(ref SyscallContext c, GuestPointer state) => c.Host(HostCall.Adjtimex, state);

    [Syscall(266)]
    public static SysResult ClockAdjtime(ref SyscallContext c, ClockId clock, GuestPointer state) => c.Host(HostCall.ClockAdjtime, (nint)clock, state);

    [Syscall(153)]
    public static SysResult Times(ref SyscallContext c, GuestPointer result) => c.Host(HostCall.Times, result);

    [Syscall(85)]
    public static SysResult TimerfdCreate(ref SyscallContext c, ClockId clock, OpenFlags flags) => c.Host(HostCall.TimerfdCreate, (nint)clock, (nint)flags);

    [Syscall(86)]
    public static SysResult TimerfdSettime(ref SyscallContext c, Fd fd, int flags, GuestPointer value, GuestPointer old) =>
        c.Host(HostCall.TimerfdSettime, fd, flags, value, old);

    [Syscall(87)]
    public static SysResult TimerfdGettime(ref SyscallContext c, Fd fd, GuestPointer value) => c.Host(HostCall.TimerfdGettime, fd, value);
}
