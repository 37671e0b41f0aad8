using System.Runtime.InteropServices;
using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>
/// Waiting for descriptors. <c>struct pollfd</c> and <c>fd_set</c> are the same for guest and host. The signal masks of these calls concern the guest's
/// signals, which the host's kernel knows nothing of, so they are not handed on.
/// </summary>
internal static unsafe class PollCalls
{
    private const int MaxEvents = int.MaxValue / 16; // EP_MAX_EVENTS
    private const int MaxAtOnce = 1024; // the others are reported by the next call

    [Syscall(73)]
    public static SysResult Ppoll(ref SyscallContext c, GuestPointer descriptors, uint count, GuestPointer timeout, GuestAddress mask, ulong maskSize) =>
        c.Wait(HostCall.Ppoll, descriptors, (nint)count, timeout);

    [Syscall(72)]
    public static SysResult Pselect6(
        ref SyscallContext c, int count, GuestPointer readable, GuestPointer writable, GuestPointer exceptional, GuestPointer timeout, GuestAddress mask) =>
        c.Wait(HostCall.Pselect6, count, readable, writable, exceptional, timeout);

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
    public static SysResult EpollPwait(ref SyscallContext c, Fd epoll, GuestAddress events, int count, int timeout, GuestAddress mask, ulong maskSize)
    {
        if (count is <= 0 or > MaxEvents)
            return Errno.EINVAL;
        count = Math.Min(count, MaxAtOnce);
        var native = (HostEpollEvent*)c.Thread.Scratch.Allocate(count * sizeof(HostEpollEvent));
        return GiveEvents(ref c, events, native, c.Wait(HostCall.EpollPwait, epoll, (nint)native, count, timeout));
    }

    [Syscall(441)]
    public static SysResult EpollPwait2(ref SyscallContext c, Fd epoll, GuestAddress events, int count, GuestPointer timeout, GuestAddress mask, ulong maskSize)
    {
        if (count is <= 0 or > MaxEvents)
            return Errno.EINVAL;
        count = Math.Min(count, MaxAtOnce);
        var native = (HostEpollEvent*)c.Thread.Scratch.Allocate(count * sizeof(HostEpollEvent));
        return GiveEvents(ref c, events, native, c.Wait(HostCall.EpollPwait2, epoll, (nint)native, count, timeout));
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
