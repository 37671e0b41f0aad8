using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Extended attributes of files (xattr(7)).</summary>
internal static class AttributeCalls
{
    [Syscall(5)]
    public static SysResult Setxattr(ref SyscallContext c, LookupPath path, GuestPath name, ReadOnlyGuestBuffer value, int flags) =>
        c.Host(HostCall.Setxattr, path.Followed(ref c), name, value.Pointer, value.Length, flags);

    [Syscall(6)]
    public static SysResult Lsetxattr(ref SyscallContext c, LookupPath path, GuestPath name, ReadOnlyGuestBuffer value, int flags) =>
        c.Host(HostCall.Lsetxattr, path.AsLink(ref c), name, value.Pointer, value.Length, flags);

    [Syscall(7)]
    public static SysResult Fsetxattr(ref SyscallContext c, Fd fd, GuestPath name, ReadOnlyGuestBuffer value, int flags) =>
        c.Host(HostCall.Fsetxattr, fd, name, value.Pointer, value.Length, flags);

    [Syscall(8)]
    public static SysResult Getxattr(ref SyscallContext c, LookupPath path, GuestPath name, GuestBuffer value) =>
        c.Host(HostCall.Getxattr, path.Followed(ref c), name, value.Pointer, value.Length);

    [Syscall(9)]
    public static SysResult Lgetxattr(ref SyscallContext c, LookupPath path, GuestPath name, GuestBuffer value) =>
        c.Host(HostCall.Lgetxattr, path.AsLink(ref c), name, value.Pointer, value.Length);

    [Syscall(10)]
    public static SysResult Fgetxattr(ref SyscallContext c, Fd fd, GuestPath name, GuestBuffer value) =>
        c.Host(HostCall.Fgetxattr, fd, name, value.Pointer, value.Length);

    [Syscall(11)]
    public static SysResult Listxattr(ref SyscallContext c, LookupPath path, GuestBuffer names) =>
        c.Host(HostCall.Listxattr, path.Followed(ref c), names.Pointer, names.Length);

    [Syscall(12)]
    public static SysResult Llistxattr(ref SyscallContext c, LookupPath path, GuestBuffer names) =>
        c.Host(HostCall.Llistxattr, path.AsLink(ref c), names.Pointer, names.Length);

    [Syscall(13)]
    public static SysResult Flistxattr(ref SyscallContext c, Fd fd, GuestBuffer names) =>
        c.Host(HostCall.Flistxattr, fd, names.Pointer, names.Length);

    [Syscall(14)]
    public static SysResult Removexattr(ref SyscallContext c, LookupPath path, GuestPath name) => c.Host(HostCall.Removexattr, path.Followed(ref c), name);

    [Syscall(15)]
    public static SysResult Lremovexattr(ref SyscallContext c, LookupPath path, GuestPath name) => c.Host(HostCall.Lremovexattr, path.AsLink(ref c), name);

    [Syscall(16)]
    public static SysResult Fremovexattr(ref SyscallContext c, Fd fd, GuestPath name) => c.Host(HostCall.Fremovexattr, fd, name);
}
