using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Mounts, namespaces, quotas, file handles. Their structures are the same for guest and host; paths are the host's, as for everything that changes a file system.</summary>
internal static class MountCalls
{
    [Syscall(40)]
    public static SysResult Mount(ref SyscallContext c, GuestPath source, GuestPath target, GuestPath kind, ulong flags, GuestPointer data) =>
        c.Host(HostCall.Mount, source, target, kind, (nint)flags, data);

    [Syscall(39)]
    public static SysResult Umount2(ref SyscallContext c, GuestPath target, int flags) => c.Host(HostCall.Umount2, target, flags);

    [Syscall(41)]
    public static SysResult PivotRoot(ref SyscallContext c, GuestPath root, GuestPath old) => c.Host(HostCall.PivotRoot, root, old);

    [Syscall(428)]
    public static SysResult OpenTree(ref SyscallContext c, DirectoryFd directory, GuestPath path, uint flags) => c.Host(HostCall.OpenTree, directory, path, (nint)flags);

    [Syscall(429)]
    public static SysResult MoveMount(ref SyscallContext c, DirectoryFd from, GuestPath oldPath, DirectoryFd to, GuestPath newPath, uint flags) =>
        c.Host(HostCall.MoveMount, from, oldPath, to, newPath, (nint)flags);

    [Syscall(430)]
    public static SysResult Fsopen(ref SyscallContext c, GuestPath kind, uint flags) => c.Host(HostCall.Fsopen, kind, (nint)flags);

    [Syscall(431)]
    public static SysResult Fsconfig(ref SyscallContext c, Fd context, uint command, GuestPath key, GuestPointer value, int auxiliary) =>
        c.Host(HostCall.Fsconfig, context, (nint)command, key, value, auxiliary);

    [Syscall(432)]
    public static SysResult Fsmount(ref SyscallContext c, Fd context, uint flags, uint attributes) => c.Host(HostCall.Fsmount, context, (nint)flags, (nint)attributes);

    [Syscall(433)]
    public static SysResult Fspick(ref SyscallContext c, DirectoryFd directory, GuestPath path, uint flags) => c.Host(HostCall.Fspick, directory, path, (nint)flags);

    [Syscall(442)]
    public static SysResult MountSetattr(ref SyscallContext c, DirectoryFd directory, GuestPath path, uint flags, GuestPointer attributes, ulong size) =>
        c.Host(HostCall.MountSetattr, directory, path, (nint)flags, attributes, (nint)size);

    [Syscall(457)]
    public static SysResult Statmount(ref SyscallContext c, GuestPointer request, GuestBuffer result, uint flags) =>
        c.Host(HostCall.Statmount, request, result.Pointer, result.Length, (nint)flags);

    [Syscall(458)]
    public static SysResult Listmount(ref SyscallContext c, GuestPointer request, GuestPointer result, ulong count, uint flags) =>
        c.Host(HostCall.Listmount, request, result, (nint)count, (nint)flags);

    [Syscall(97)]
    public static SysResult Unshare(ref SyscallContext c, ulong flags) => c.Host(HostCall.Unshare, (nint)flags);

    [Syscall(268)]
    public static SysResult Setns(ref SyscallContext c, Fd fd, int kind) => c.Host(HostCall.Setns, fd, kind);

    [Syscall(58)]
    public static SysResult Vhangup(ref SyscallContext c) => c.Host(HostCall.Vhangup);

    [Syscall(89)]
    public static SysResult Acct(ref SyscallContext c, GuestPath file) => c.Host(HostCall.Acct, file);

    [Syscall(60)]
    public static SysResult Quotactl(ref SyscallContext c, uint command, GuestPath device, int id, GuestPointer data) =>
        c.Host(HostCall.Quotactl, (nint)command, device, id, data);

    [Syscall(443)]
    public static SysResult QuotactlFd(ref SyscallContext c, Fd fd, uint command, int id, GuestPointer data) =>
        c.Host(HostCall.QuotactlFd, fd, (nint)command, id, data);

    [Syscall(264)]
    public static SysResult NameToHandleAt(ref SyscallContext c, DirectoryFd directory, LookupPath path, GuestPointer handle, GuestPointer mount, uint flags)
    {
        const uint Follow = 0x400; // AT_SYMLINK_FOLLOW
        var pointer = (flags & Follow) != 0 ? path.Followed(ref c, directory.Number) : path.AsLink(ref c, directory.Number);
        return c.Host(HostCall.NameToHandleAt, directory, pointer, handle, mount, (nint)flags);
    }

    [Syscall(265)]
    public static SysResult OpenByHandleAt(ref SyscallContext c, Fd mount, GuestPointer handle, int flags) => c.Host(HostCall.OpenByHandleAt, mount, handle, flags);
}
