using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>The size of files, their way to the disk, and copies inside the kernel.</summary>
internal static class FileSizeCalls
{
    [Syscall(45)]
    public static SysResult Truncate(ref SyscallContext c, LookupPath path, long length)
    {
        var result = c.Host(HostCall.Truncate, path.Followed(ref c), (nint)length);
        if (!result.IsError)
            c.Process.NoteSize(HostFiles.CurrentDirectory, path.Followed(ref c));
        return result;
    }

    [Syscall(46)]
    public static SysResult Ftruncate(ref SyscallContext c, Fd fd, long length)
    {
        var result = c.Host(HostCall.Ftruncate, fd, (nint)length);
        if (!result.IsError)
            c.Process.NoteSize(fd.Number);
        return result;
    }

    [Syscall(47)]
    public static SysResult Fallocate(ref SyscallContext c, Fd fd, int mode, long offset, long length)
    {
        const int CollapseRange = 8;
        var result = c.Host(HostCall.Fallocate, fd, mode, (nint)offset, (nint)length);
        if ((mode & CollapseRange) != 0 && !result.IsError)
            c.Process.NoteSize(fd.Number);
        return result;
    }

    [Syscall(223)]
    public static SysResult Fadvise64(ref SyscallContext c, Fd fd, long offset, long length, int advice) =>
        c.Host(HostCall.Fadvise64, fd, (nint)offset, (nint)length, advice);

    [Syscall(213)]
    public static SysResult Readahead(ref SyscallContext c, Fd fd, long offset, ulong count) =>
        c.Host(HostCall.Readahead, fd, (nint)offset, (nint)count);

    [Syscall(81)]
    public static SysResult Sync(ref SyscallContext c) => c.Host(HostCall.Sync);

    [Syscall(267)]
    public static SysResult Syncfs(ref SyscallContext c, Fd fd) => c.Host(HostCall.Syncfs, fd);

    [Syscall(82)]
    public static SysResult Fsync(ref SyscallContext c, Fd fd) => c.Host(HostCall.Fsync, fd);

    [Syscall(83)]
    public static SysResult Fdatasync(ref SyscallContext c, Fd fd) => c.Host(HostCall.Fdatasync, fd);

    [Syscall(84)]
    public static SysResult SyncFileRange(ref SyscallContext c, Fd fd, long offset, long count, uint flags) =>
        c.Host(HostCall.SyncFileRange, fd, (nint)offset, (nint)count, (nint)flags);

    [Syscall(71)]
    public static SysResult Sendfile(ref SyscallContext c, Fd output, Fd input, GuestPointer offset, ulong count) =>
        c.Sent(c.Host(HostCall.Sendfile, output, input, offset, (nint)count));

    [Syscall(285)]
    public static SysResult CopyFileRange(ref SyscallContext c, Fd input, GuestPointer inputOffset, Fd output, GuestPointer outputOffset, ulong count, uint flags) =>
        c.Host(HostCall.CopyFileRange, input, inputOffset, output, outputOffset, (nint)count, (nint)flags);

    [Syscall(76)]
    public static SysResult Splice(ref SyscallContext c, Fd input, GuestPointer inputOffset, Fd output, GuestPointer outputOffset, ulong count, uint flags) =>
        c.Sent(c.Host(HostCall.Splice, input, inputOffset, output, outputOffset, (nint)count, (nint)flags));

    [Syscall(75)]
    public static SysResult Vmsplice(ref SyscallContext c, Fd pipe, GuestVectors buffers, uint flags) =>
        c.Sent(c.Host(HostCall.Vmsplice, pipe, buffers.Pointer, buffers.Count, (nint)flags));

    [Syscall(77)]
    public static SysResult Tee(ref SyscallContext c, Fd input, Fd output, ulong count, uint flags) =>
        c.Sent(c.Host(HostCall.Tee, input, output, (nint)count, (nint)flags));
}
