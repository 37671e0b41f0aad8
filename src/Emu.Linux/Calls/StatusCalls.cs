using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Linux.Calls;

/// <summary>What files are.</summary>
internal static unsafe class StatusCalls
{
    [Syscall(79)]
    public static SysResult Newfstatat(ref SyscallContext c, DirectoryFd directory, LookupPath path, GuestOut<GuestStat> result, AtFlags flags) =>
        Stat(ref c, directory, PathFor(ref c, path, flags), flags, result);

    [Syscall(80)]
    public static SysResult Fstat(ref SyscallContext c, Fd fd, GuestOut<GuestStat> result)
    {
        byte zero = 0;
        return Stat(ref c, fd, (nint)(&zero), AtFlags.AT_EMPTY_PATH, result);
    }

    // struct statx is the same everywhere.
    [Syscall(291)]
    public static SysResult Statx(ref SyscallContext c, DirectoryFd directory, LookupPath path, AtFlags flags, uint mask, GuestPointer result) =>
        c.Host(HostCall.Statx, directory, PathFor(ref c, path, flags), (nint)flags, (nint)mask, result);

    // struct statfs of x86-64 and arm64 is the generic one.
    [Syscall(43)]
    public static SysResult Statfs(ref SyscallContext c, LookupPath path, GuestPointer result) => c.Host(HostCall.Statfs, path.Followed(ref c), result);

    [Syscall(44)]
    public static SysResult Fstatfs(ref SyscallContext c, Fd fd, GuestPointer result) => c.Host(HostCall.Fstatfs, fd, result);

    [Syscall(48)]
    public static SysResult Faccessat(ref SyscallContext c, DirectoryFd directory, LookupPath path, AccessMode mode) =>
        c.Host(HostCall.Faccessat, directory, path.Followed(ref c), (nint)mode);

    [Syscall(439)]
    public static SysResult Faccessat2(ref SyscallContext c, DirectoryFd directory, LookupPath path, AccessMode mode, AtFlags flags) =>
        c.Host(HostCall.Faccessat2, directory, PathFor(ref c, path, flags), (nint)mode, (nint)flags);

    [Syscall(78)]
    public static SysResult Readlinkat(ref SyscallContext c, DirectoryFd directory, LookupPath path, GuestBuffer buffer)
    {
        if (path.ProcFile != ProcFile.Executable)
            return c.Host(HostCall.Readlinkat, directory, path, buffer.Pointer, buffer.Length);
        return (int)buffer.Length <= 0 ? Errno.EINVAL : buffer.Fill(ref c, c.Process.ExecutablePath);
    }

    private static nint PathFor(ref SyscallContext c, LookupPath path, AtFlags flags) =>
        (flags & AtFlags.AT_SYMLINK_NOFOLLOW) == 0 ? path.Followed(ref c) : path;

    private static SysResult Stat(ref SyscallContext c, nint directory, nint path, AtFlags flags, GuestOut<GuestStat> result)
    {
        HostStatx status;
        var answer = c.Host(HostCall.Statx, directory, path, (nint)flags, HostFiles.StatxBasic, (nint)(&status));
        return answer.IsError ? answer : result.Set(ref c, GuestStat.From(status));
    }
}
