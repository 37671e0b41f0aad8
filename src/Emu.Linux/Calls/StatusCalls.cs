using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Proc;

namespace Emu.Linux.Calls;

/// <summary>What files are.</summary>
internal static unsafe class StatusCalls
{
    [Syscall(79)]
    public static SysResult Newfstatat(ref SyscallContext c, DirectoryFd directory, LookupPath path, GuestOut<GuestStat> result, AtFlags flags) =>
        Stat(ref c, directory, PathFor(ref c, directory, path, flags), flags, result);

    [Syscall(80)]
    public static SysResult Fstat(ref SyscallContext c, Fd fd, GuestOut<GuestStat> result)
    {
        byte zero = 0;
        return Stat(ref c, fd, (nint)(&zero), AtFlags.AT_EMPTY_PATH, result);
    }

    // struct statx is the same everywhere.
    [Syscall(291)]
    public static SysResult Statx(ref SyscallContext c, DirectoryFd directory, LookupPath path, AtFlags flags, uint mask, GuestPointer result)
    {
        var pointer = PathFor(ref c, directory, path, flags);
        var answer = c.Host(HostCall.Statx, directory, pointer, (nint)flags, (nint)mask, result);
        var isProgram = !answer.IsError && c.Memory.TryRead(result.Address, out HostStatx status) && IsProgram(status, directory, pointer, flags);
        return isProgram ? c.Host(HostCall.Statx, HostFiles.CurrentDirectory, c.Process.ExecutablePointer, (nint)flags, (nint)mask, result) : answer;
    }

    // struct statfs of x86-64 and arm64 is the generic one.
    [Syscall(43)]
    public static SysResult Statfs(ref SyscallContext c, LookupPath path, GuestPointer result) => c.Host(HostCall.Statfs, path.Followed(ref c), result);

    [Syscall(44)]
    public static SysResult Fstatfs(ref SyscallContext c, Fd fd, GuestPointer result) => c.Host(HostCall.Fstatfs, fd, result);

    [Syscall(48)]
    public static SysResult Faccessat(ref SyscallContext c, DirectoryFd directory, LookupPath path, AccessMode mode) =>
        c.Host(HostCall.Faccessat, directory, path.Followed(ref c, directory.Number), (nint)mode);

    [Syscall(439)]
    public static SysResult Faccessat2(ref SyscallContext c, DirectoryFd directory, LookupPath path, AccessMode mode, AtFlags flags) =>
        c.Host(HostCall.Faccessat2, directory, PathFor(ref c, directory, path, flags), (nint)mode, (nint)flags);

    [Syscall(78)]
    public static SysResult Readlinkat(ref SyscallContext c, DirectoryFd directory, LookupPath path, GuestBuffer buffer)
    {
        var pointer = path.AsLink(ref c, directory.Number);
        var answer = c.Host(HostCall.Readlinkat, directory, pointer, buffer.Pointer, buffer.Length);
        return IsEmulator(ref c, buffer, answer) && ProcDirectory.LeadsToProgram(directory.Number, pointer, follow: false)
            ? buffer.Fill(ref c, c.Process.ExecutablePath)
            : answer;
    }

    private static bool IsEmulator(ref SyscallContext c, GuestBuffer buffer, SysResult length) =>
        length.Value > 0 && c.Memory.TryGetSpan(buffer.Address, (ulong)length.Value, PagePermissions.Read, out var link) && ProcDirectory.IsEmulator(link, buffer.Length);

    /// <summary>True if what was found is the emulator's own file, and the path led there by the link that means the guest's program.</summary>
    private static bool IsProgram(in HostStatx status, nint directory, nint path, AtFlags flags) =>
        (flags & AtFlags.AT_SYMLINK_NOFOLLOW) == 0 && ProcDirectory.IsEmulator(status) && ProcDirectory.LeadsToProgram((int)directory, path, follow: true);

    private static nint PathFor(ref SyscallContext c, DirectoryFd directory, LookupPath path, AtFlags flags) =>
        (flags & AtFlags.AT_SYMLINK_NOFOLLOW) == 0 ? path.Followed(ref c, directory.Number) : path.AsLink(ref c, directory.Number);

    private static SysResult Stat(ref SyscallContext c, nint directory, nint path, AtFlags flags, GuestOut<GuestStat> result)
    {
        HostStatx status;
        var answer = c.Host(HostCall.Statx, directory, path, (nint)flags, HostFiles.StatxBasic, (nint)(&status));
        if (!answer.IsError && IsProgram(status, directory, path, flags))
            answer = c.Host(HostCall.Statx, HostFiles.CurrentDirectory, c.Process.ExecutablePointer, 0, HostFiles.StatxBasic, (nint)(&status));
        return answer.IsError ? answer : result.Set(ref c, GuestStat.From(status));
    }
}
