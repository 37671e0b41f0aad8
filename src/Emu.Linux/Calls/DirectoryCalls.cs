using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Proc;

namespace Emu.Linux.Calls;

/// <summary>Names: directories, links, owners, modes, times.</summary>
internal static class DirectoryCalls
{
    // struct linux_dirent64 is the same for guest and host.
    [Syscall(61)]
    public static SysResult Getdents64(ref SyscallContext c, Fd fd, GuestBuffer buffer)
    {
        SysResult listed, left;
        do
        {
            listed = c.Host(HostCall.Getdents64, fd, buffer.Pointer, buffer.Length);
            left = listed.Value > 0 ? OwnEntries.Remove(c.Process, fd.Number, buffer.Pointer, (int)listed.Value) : listed;
        }
        while (left.Value == 0 && listed.Value > 0); // nothing would mean the end
        return left;
    }

    [Syscall(17)]
    public static SysResult Getcwd(ref SyscallContext c, GuestBuffer buffer)
    {
        // No more than this is ever written, however large the buffer is said to be.
        const ulong PathMax = 4096;
        return c.Host(HostCall.Getcwd, c.HostAddress(buffer.Address, Math.Min((ulong)buffer.Length, PathMax)), buffer.Length);
    }

    /// <summary>The host's directory if there is one, else the sysroot's: relative names that are created afterwards belong to the host.</summary>
    [Syscall(49)]
    public static SysResult Chdir(ref SyscallContext c, LookupPath path)
    {
        var answer = c.Host(HostCall.Chdir, path.OnHost);
        return answer.IsError && answer.Error is (Errno.ENOENT or Errno.ENOTDIR) ? c.Host(HostCall.Chdir, path.Followed(ref c)) : answer;
    }

    [Syscall(50)]
    public static SysResult Fchdir(ref SyscallContext c, Fd fd) => c.Host(HostCall.Fchdir, fd);

    [Syscall(51)]
    public static SysResult Chroot(ref SyscallContext c, GuestPath path) => c.Host(HostCall.Chroot, path);

    [Syscall(33)]
    public static SysResult Mknodat(ref SyscallContext c, DirectoryFd directory, GuestPath path, ModeBits mode, ulong device) =>
        c.Host(HostCall.Mknodat, directory, path, mode, (nint)device);

    [Syscall(34)]
    public static SysResult Mkdirat(ref SyscallContext c, DirectoryFd directory, GuestPath path, ModeBits mode) =>
        c.Host(HostCall.Mkdirat, directory, path, mode);

    [Syscall(35)]
    public static SysResult Unlinkat(ref SyscallContext c, DirectoryFd directory, GuestPath path, AtFlags flags) =>
        c.Host(HostCall.Unlinkat, directory, path, (nint)flags);

    [Syscall(36)]
    public static SysResult Symlinkat(ref SyscallContext c, GuestPath target, DirectoryFd directory, GuestPath path) =>
        c.Host(HostCall.Symlinkat, target, directory, path);

    [Syscall(37)]
    public static SysResult Linkat(ref SyscallContext c, DirectoryFd oldDirectory, GuestPath oldPath, DirectoryFd newDirectory, GuestPath newPath, AtFlags flags) =>
        c.Host(HostCall.Linkat, oldDirectory, oldPath, newDirectory, newPath, (nint)flags);

    [Syscall(276)]
    public static SysResult Renameat2(ref SyscallContext c, DirectoryFd oldDirectory, GuestPath oldPath, DirectoryFd newDirectory, GuestPath newPath, uint flags) =>
        c.Host(HostCall.Renameat2, oldDirectory, oldPath, newDirectory, newPath, (nint)flags);

    [Syscall(52)]
    public static SysResult Fchmod(ref SyscallContext c, Fd fd, ModeBits mode) => c.Host(HostCall.Fchmod, fd, mode);

    [Syscall(53)]
    public static SysResult Fchmodat(ref SyscallContext c, DirectoryFd directory, GuestPath path, ModeBits mode) =>
        c.Host(HostCall.Fchmodat, directory, path, mode);

    [Syscall(452)]
    public static SysResult Fchmodat2(ref SyscallContext c, DirectoryFd directory, GuestPath path, ModeBits mode, AtFlags flags) =>
        c.Host(HostCall.Fchmodat2, directory, path, mode, (nint)flags);

    [Syscall(55)]
    public static SysResult Fchown(ref SyscallContext c, Fd fd, uint user, uint group) => c.Host(HostCall.Fchown, fd, (nint)user, (nint)group);

    [Syscall(54)]
    public static SysResult Fchownat(ref SyscallContext c, DirectoryFd directory, GuestPath path, uint user, uint group, AtFlags flags) =>
        c.Host(HostCall.Fchownat, directory, path, (nint)user, (nint)group, (nint)flags);

    [Syscall(88)]
    public static SysResult Utimensat(ref SyscallContext c, DirectoryFd directory, GuestPath path, GuestPointer times, AtFlags flags) =>
        c.Host(HostCall.Utimensat, directory, path, times, (nint)flags);

    [Syscall(166, Returns = SyscallReturns.Octal)]
    public static SysResult Umask(ref SyscallContext c, ModeBits mask) => c.Host(HostCall.Umask, mask);
}
