using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Sockets. Addresses and options are the same for guest and host.</summary>
internal static class SocketCalls
{
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL

    [Syscall(198)]
    public static SysResult Socket(ref SyscallContext c, int family, int kind, int protocol) => c.Host(HostCall.Socket, family, kind, protocol);

    [Syscall(199)]
    public static SysResult Socketpair(ref SyscallContext c, int family, int kind, int protocol, GuestPointer descriptors) =>
        c.Host(HostCall.Socketpair, family, kind, protocol, descriptors);

    [Syscall(200)]
    public static SysResult Bind(ref SyscallContext c, Fd fd, GuestPointer address, int length) => c.Host(HostCall.Bind, fd, address, length);

    [Syscall(201)]
    public static SysResult Listen(ref SyscallContext c, Fd fd, int backlog) => c.Host(HostCall.Listen, fd, backlog);

    [Syscall(202)]
    public static SysResult Accept(ref SyscallContext c, Fd fd, GuestPointer address, GuestPointer length) => c.Receive(HostCall.Accept, fd, address, length);

    [Syscall(242)]
    public static SysResult Accept4(ref SyscallContext c, Fd fd, GuestPointer address, GuestPointer length, int flags) =>
        c.Receive(HostCall.Accept4, fd, address, length, flags);

    [Syscall(203)]
    public static SysResult Connect(ref SyscallContext c, Fd fd, GuestPointer address, int length) => c.Host(HostCall.Connect, fd, address, length);

    [Syscall(204)]
    public static SysResult Getsockname(ref SyscallContext c, Fd fd, GuestPointer address, GuestPointer length) =>
        c.Host(HostCall.Getsockname, fd, address, length);

    [Syscall(205)]
    public static SysResult Getpeername(ref SyscallContext c, Fd fd, GuestPointer address, GuestPointer length) =>
        c.Host(HostCall.Getpeername, fd, address, length);

    [Syscall(206)]
    public static SysResult Sendto(ref SyscallContext c, Fd fd, ReadOnlyGuestBuffer buffer, int flags, GuestPointer address, int length)
    {
        var result = c.Send(HostCall.Sendto, fd, buffer.Pointer, buffer.Length, flags | NoSignal, address, length);
        return (flags & NoSignal) != 0 ? result : c.Sent(result);
    }

    [Syscall(207)]
    public static SysResult Recvfrom(ref SyscallContext c, Fd fd, GuestBuffer buffer, int flags, GuestPointer address, GuestPointer length) =>
        c.Receive(HostCall.Recvfrom, fd, buffer.Pointer, buffer.Length, flags, address, length);

    [Syscall(208)]
    public static SysResult Setsockopt(ref SyscallContext c, Fd fd, int level, int option, ReadOnlyGuestBuffer value) =>
        c.Host(HostCall.Setsockopt, fd, level, option, value.Pointer, (int)value.Length);

    [Syscall(209)]
    public static SysResult Getsockopt(ref SyscallContext c, Fd fd, int level, int option, GuestPointer value, GuestPointer length) =>
        c.Host(HostCall.Getsockopt, fd, level, option, value, length);

    [Syscall(210)]
    public static SysResult Shutdown(ref SyscallContext c, Fd fd, int how) => c.Host(HostCall.Shutdown, fd, how);
}
