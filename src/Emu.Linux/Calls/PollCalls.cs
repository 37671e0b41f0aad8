using System.Runtime.InteropServices;
using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Signals;

namespace Emu.Linux.Calls;

/// <summary>
/// Waiting for descriptors. <c>struct pollfd</c> and <c>fd_set</c> are the same for guest and host. The signal masks of these calls are put in place as those of rt_sigsuspend(2) are:
/// no signal is lost between that and the call, since the call is not made once a signal has come.
/// </summary>
internal static unsafe class PollCalls
{
    private const int MaxEvents = int.MaxValue / 16; // EP_MAX_EVENTS
    private const int MaxAtOnce = 1024; // the others are reported by the next call

    [Syscall(73)]
    public static SysResult Ppoll(ref SyscallContext c, GuestPointer descriptors, uint count, GuestPointer timeout, GuestIn<ulong> mask, ulong maskSize) =>
        !mask.IsNull && maskSize != sizeof(ulong) ? Errno.EINVAL :
        Unmask(ref c, BeginMask(ref c, mask), c.Wait(HostCall.Ppoll, descriptors, (nint)count, timeout));

    [Syscall(72)]
    public static SysResult Pselect6(
        ref SyscallContext c, int count, GuestPointer readable, GuestPointer writable, GuestPointer exceptional, GuestPointer timeout, GuestIn<MaskArgument> mask)
    {
        if (mask.Value.Address == 0)
            return c.Wait(HostCall.Pselect6, count, readable, writable, exceptional, timeout);
        if (mask.Value.Size != sizeof(ulong))
            return Errno.EINVAL;
        if (!c.Memory.TryRead(mask.Value.Address, out ulong set))
            return Errno.EFAULT;
        return Unmask(ref c, BeginMask(ref c, set), c.Wait(HostCall.Pselect6, count, readable, writable, exceptional, timeout));
    }

    [Syscall(20)]
    public static SysResult EpollCreate1(ref SyscallContext c, OpenFlags flags) => c.Host(HostCall.EpollCreate1, (nint)flags);

    [Syscall(21)]
    public static SysResult EpollCtl(ref SyscallContext c, Fd epoll, EpollOperation operation, Fd fd, GuestIn<GuestEpollEvent> change)
    {
        if (operation != EpollOperation.EPOLL_CTL_DEL && change.IsNull)
            return Errno.EFAULT;
        var native = change.Value.ToHost();
        return c.Host(HostCall.EpollCtl, epoll, (nint)operation, fd, (nint)(&native));
    }

    [Syscall(22)]
    public static SysResult EpollPwait(ref SyscallContext c, Fd epoll, GuestAddress events, int count, int timeout, GuestIn<ulong> mask, ulong maskSize)
    {
        if (count is <= 0 or > MaxEvents || (!mask.IsNull && maskSize != sizeof(ulong)))
            return Errno.EINVAL;
        count = Math.Min(count, MaxAtOnce);
        var native = (HostEpollEvent*)c.Thread.Scratch.Allocate(count * sizeof(HostEpollEvent));
        return GiveEvents(ref c, events, native, Unmask(ref c, BeginMask(ref c, mask), c.Wait(HostCall.EpollPwait, epoll, (nint)native, count, timeout)));
    }

    [Syscall(441)]
    public static SysResult EpollPwait2(ref SyscallContext c, Fd epoll, GuestAddress events, int count, GuestPointer timeout, GuestIn<ulong> mask, ulong maskSize)
    {
        if (count is <= 0 or > MaxEvents || (!mask.IsNull && maskSize != sizeof(ulong)))
            return Errno.EINVAL;
        count = Math.Min(count, MaxAtOnce);
        var native = (HostEpollEvent*)c.Thread.Scratch.Allocate(count * sizeof(HostEpollEvent));
        return GiveEvents(ref c, events, native, Unmask(ref c, BeginMask(ref c, mask), c.Wait(HostCall.EpollPwait2, epoll, (nint)native, count, timeout)));
    }

    private static bool BeginMask(ref SyscallContext c, GuestIn<ulong> mask) => !mask.IsNull && BeginMask(ref c, mask.Value);

    /// <summary>Puts another mask in place while the call waits; true.</summary>
    private static bool BeginMask(ref SyscallContext c, ulong mask)
    {
        c.Thread.Attach();
        c.Thread.MaskToRestore ??= c.Thread.SignalMask;
        c.Thread.SignalMask = mask & ~SignalFacts.AbsoluteBits;
        c.Process.TakeSignals(c.Thread);
        return true;
    }

    /// <summary>Takes the old mask back, unless a signal broke the call, whose handler does that.</summary>
    private static SysResult Unmask(ref SyscallContext c, bool isMasked, SysResult result)
    {
        if (isMasked && !result.IsInterrupted)
        {
            c.Thread.SignalMask = c.Thread.MaskToRestore ?? c.Thread.SignalMask;
            c.Thread.MaskToRestore = null;
        }

        return result;
    }

    private static SysResult GiveEvents(ref SyscallContext c, ulong address, HostEpollEvent* native, SysResult count)
    {
        if (count.IsError)
            return count;
        if (!c.Memory.TryGetSpan(address, (ulong)count.Value * (ulong)sizeof(GuestEpollEvent), PagePermissions.Write, out var bytes))
            return Errno.EFAULT;
        var events = MemoryMarshal.Cast<byte, GuestEpollEvent>(bytes);
        for (var i = 0; i < (int)count.Value; i++)
            events[i] = GuestEpollEvent.From(native[i]);
        return count;
    }
}

/// <summary>The last argument of pselect6(2): the mask's address and size.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MaskArgument
{
    public ulong Address;
    public ulong Size;
}
