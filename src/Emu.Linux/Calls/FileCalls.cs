using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Opening, reading and writing files.</summary>
internal static class FileCalls
{
    [Syscall(56)]
    public static SysResult Openat(ref SyscallContext c, DirectoryFd directory, LookupPath path, OpenMode how)
    {
        var pointer = PathFor(ref c, directory, path, how.Flags);
        var result = c.Host(HostCall.Openat, directory, pointer, (nint)how.Flags, (nint)how.Mode);
        return result.IsError ? result : c.Process.Opened((int)result.Value, directory.Number, pointer, how.Flags);
    }

    [Syscall(437)]
    public static SysResult Openat2(ref SyscallContext c, DirectoryFd directory, LookupPath path, GuestPointer how, ulong size)
    {
        // The first word of struct open_how; what is wrong with it is for the host's kernel to say.
        c.Memory.TryRead(how.Address, out ulong flags);
        var pointer = PathFor(ref c, directory, path, (OpenFlags)flags);
        var result = c.Host(HostCall.Openat2, directory, pointer, how, (nint)size);
        return result.IsError ? result : c.Process.Opened((int)result.Value, directory.Number, pointer, (OpenFlags)flags);
    }

    private static nint PathFor(ref SyscallContext c, DirectoryFd directory, LookupPath path, OpenFlags flags) =>
        (flags & OpenFlags.O_NOFOLLOW) == 0 ? path.Followed(ref c, directory.Number) : path.AsLink(ref c, directory.Number);

    [Syscall(57)]
    public static SysResult Close(ref SyscallContext c, Fd fd) => c.Host(HostCall.Close, fd);

    [Syscall(436)]
    public static SysResult CloseRange(ref SyscallContext c, uint first, uint last, uint flags)
    {
        const uint CloseOnExec = 4;
        if (first > last || (flags & ~(2u | CloseOnExec)) != 0)
            return Errno.EINVAL;
        foreach (var reserved in HostDescriptors.Reserved)
        {
            if (reserved > first && first < reserved && last >= reserved)
                c.Host(HostCall.CloseRange, (nint)first, reserved - 1, (nint)flags);
            if (reserved >= first && reserved <= last)
                first = (uint)reserved + 1;
        }

        return first > last ? SysResult.None : c.Host(HostCall.CloseRange, (nint)first, (nint)last, (nint)flags);
    }

    [Syscall(63)]
    public static SysResult Read(ref SyscallContext c, Fd fd, GuestBuffer buffer) => c.Receive(HostCall.Read, fd, buffer.Pointer, buffer.Length);

    [Syscall(64)]
    public static SysResult Write(ref SyscallContext c, Fd fd, ReadOnlyGuestBuffer buffer) =>
        c.Sent(c.Send(HostCall.Write, fd, buffer.Pointer, buffer.Length));

    [Syscall(65)]
    public static SysResult Readv(ref SyscallContext c, Fd fd, GuestVectors buffers) => c.Receive(HostCall.Readv, fd, buffers.Pointer, buffers.Count);

    [Syscall(66)]
    public static SysResult Writev(ref SyscallContext c, Fd fd, GuestVectors buffers) =>
        c.Sent(c.Send(HostCall.Writev, fd, buffers.Pointer, buffers.Count));

    [Syscall(67)]
    public static SysResult Pread64(ref SyscallContext c, Fd fd, GuestBuffer buffer, long offset) =>
        c.Host(HostCall.Pread64, fd, buffer.Pointer, buffer.Length, (nint)offset);

    [Syscall(68)]
    public static SysResult Pwrite64(ref SyscallContext c, Fd fd, ReadOnlyGuestBuffer buffer, long offset) =>
        c.Sent(c.Host(HostCall.Pwrite64, fd, buffer.Pointer, buffer.Length, (nint)offset));

    // The offset comes in two halves of which a 64-bit kernel uses the lower as the whole (fs/read_write.c, pos_from_hilo).
    [Syscall(69)]
    public static SysResult Preadv(ref SyscallContext c, Fd fd, GuestVectors buffers, long offset, long upper) =>
        c.Host(HostCall.Preadv, fd, buffers.Pointer, buffers.Count, (nint)offset, (nint)upper);

    [Syscall(70)]
    public static SysResult Pwritev(ref SyscallContext c, Fd fd, GuestVectors buffers, long offset, long upper) =>
        c.Sent(c.Host(HostCall.Pwritev, fd, buffers.Pointer, buffers.Count, (nint)offset, (nint)upper));

    [Syscall(286)]
    public static SysResult Preadv2(ref SyscallContext c, Fd fd, GuestVectors buffers, long offset, long upper, int flags) =>
        c.Host(HostCall.Preadv2, fd, buffers.Pointer, buffers.Count, (nint)offset, (nint)upper, flags);

    [Syscall(287)]
    public static SysResult Pwritev2(ref SyscallContext c, Fd fd, GuestVectors buffers, long offset, long upper, int flags) =>
        c.Sent(c.Host(HostCall.Pwritev2, fd, buffers.Pointer, buffers.Count, (nint)offset, (nint)upper, flags));

    [Syscall(62)]
    public static SysResult Lseek(ref SyscallContext c, Fd fd, long offset, SeekFrom origin) => c.Host(HostCall.Lseek, fd, (nint)offset, (nint)origin);

    [Syscall(447)]
    public static SysResult MemfdSecret(ref SyscallContext c, uint flags) => c.Host(HostCall.MemfdSecret, (nint)flags);

    [Syscall(451)]
    public static SysResult Cachestat(ref SyscallContext c, Fd fd, GuestPointer range, GuestPointer result, uint flags) =>
        c.Host(HostCall.Cachestat, fd, range, result, (nint)flags);

    [Syscall(279)]
    public static SysResult MemfdCreate(ref SyscallContext c, GuestPath name, uint flags) => c.Host(HostCall.MemfdCreate, name, (nint)flags);
}
