using Emu.Linux.Calls.Arguments;
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
        var thread = c.Thread;
        thread.MaskToRestore = thread.SignalMask;
        thread.SignalMask = mask.Value & ~SignalFacts.AbsoluteBits;
        c.Process.HostSignalSource.PrepareToWait(thread);
        while ((thread.Pending.Bits & ~thread.SignalMask) == 0 && !thread.HasEnded)
            c.Host(HostCall.Ppoll);
        return Errno.EINTR;
    }

    [Syscall(137)]
    public static SysResult RtSigtimedwait(ref SyscallContext c, GuestIn<ulong> set, GuestOut<SignalInfo> result, GuestIn<TimeSpan64> timeout, ulong setSize)
    {
        if (setSize != sizeof(ulong))
            return Errno.EINVAL;
        if (set.IsNull)
            return Errno.EFAULT;
        c.Process.HostSignalSource.PrepareToWait(c.Thread);
        c.Thread.AwaitedSignals = set.Value;
        var answer = WaitFor(ref c, set.Value, timeout, out var info);
        c.Thread.AwaitedSignals = 0;
        return answer.IsError || result.IsNull || !result.Set(ref c, info).IsError ? answer : Errno.EFAULT;
    }

    private static SysResult WaitFor(ref SyscallContext c, ulong set, GuestIn<TimeSpan64> timeout, out SignalInfo info)
    {
        var thread = c.Thread;
        var left = timeout.Value;
        while (!thread.Pending.TryTake(~set, out info))
        {
            if ((thread.Pending.Bits & ~thread.SignalMask) != 0 || thread.HasEnded)
                return Errno.EINTR;
            // The kernel leaves the time that is left (ppoll(2), C library/kernel differences).
            var answer = c.Host(HostCall.Ppoll, 0, 0, timeout.IsNull ? 0 : (nint)(&left));
            if (answer.Value == 0)
                return Errno.EAGAIN;
            if (!answer.IsInterrupted)
                return answer;
        }

        return (long)info.Signal;
    }

    // struct itimerval is the same for guest and host; the signal comes to the host process.
    [Syscall(102)]
    public static SysResult Getitimer(ref SyscallContext c, int kind, GuestPointer value) => c.Host(HostCall.Getitimer, kind, value);

    [Syscall(103)]
    public static SysResult Setitimer(ref SyscallContext c, int kind, GuestPointer value, GuestPointer old) =>
        c.Host(HostCall.Setitimer, kind, value, old);
}
