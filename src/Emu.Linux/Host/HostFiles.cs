using Emu.Linux.Calls;

namespace Emu.Linux.Host;

/// <summary>The emulator's own file accesses; each answers minus errno on failure.</summary>
public static unsafe class HostFiles
{
    internal const int OpenReadOnly = 0;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenCloseOnExec = 0x80000;
    internal const int CurrentDirectory = -100;
    internal const int EmptyPath = 0x1000;
    internal const int NoFollow = 0x100;
    internal const int StatxBasic = 0x7ff;
    internal const int OpenPath = 0x200000;
    internal const int OpenNoFollow = 0x20000;

    internal static int Open(byte[] path, int flags)
    {
        fixed (byte* zeroTerminated = RawText.WithZero(path))
            return (int)Kernel.Call(HostCall.Openat, CurrentDirectory, (nint)zeroTerminated, flags);
    }

    /// <summary>Opens the file that this process runs; its descriptor, or minus errno.</summary>
    public static int OpenOwnFile() => Open("/proc/self/exe"u8.ToArray(), OpenReadOnly | OpenCloseOnExec);

    internal static int Close(int descriptor) => (int)Kernel.Call(HostCall.Close, descriptor);

    /// <summary>True if the path names something, be it a dangling link.</summary>
    internal static bool Exists(byte[] path)
    {
        HostStatx status;
        fixed (byte* zeroTerminated = RawText.WithZero(path))
            return Kernel.Call(HostCall.Statx, CurrentDirectory, (nint)zeroTerminated, NoFollow, 0, (nint)(&status)) == 0;
    }

    /// <summary>What a path names, links followed; false if it names nothing.</summary>
    internal static bool TryDescribe(ReadOnlySpan<byte> path, out HostStatx status)
    {
        fixed (byte* zeroTerminated = RawText.WithZero(path))
        fixed (HostStatx* result = &status)
            return Kernel.Call(HostCall.Statx, CurrentDirectory, (nint)zeroTerminated, 0, StatxBasic, (nint)result) == 0;
    }

    internal static long ReadAt(int descriptor, Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
            return Kernel.Call(HostCall.Pread64, descriptor, (nint)start, buffer.Length, (nint)offset);
    }

    /// <summary>All bytes of a file that may not know its size, such as those of /proc; false if it is not there.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool TryReadWhole(string path, out byte[] contents)
    {
        var descriptor = Open(RawText.Encode(path), OpenReadOnly | OpenCloseOnExec);
        contents = [];
        if (descriptor == -(int)Errno.ENOENT)
            return false;
        var error = descriptor < 0 ? descriptor : ReadWhole(descriptor, out contents);
        if (descriptor >= 0)
            Close(descriptor);
        return error == 0 ? true : throw new IOException($"cannot read {path}: {HostErrors.Text(-error)}");
    }

    /// <summary>All bytes of an open file from its start on, whatever size it says it has; 0 or minus errno.</summary>
    public static int ReadWhole(int descriptor, out byte[] contents)
    {
        var (bytes, length) = (new byte[4096], 0);
        long count;
        while ((count = ReadAt(descriptor, bytes.AsSpan(length), length)) > 0)
        {
            length += (int)count;
            if (length == bytes.Length)
                Array.Resize(ref bytes, 2 * length);
        }

        contents = bytes[..length];
        return (int)count;
    }

    /// <summary>What an open file is.</summary>
    internal static int Describe(int descriptor, out HostStatx status)
    {
        byte zero = 0;
        fixed (HostStatx* result = &status)
            return (int)Kernel.Call(HostCall.Statx, descriptor, (nint)(&zero), EmptyPath, StatxBasic, (nint)result);
    }

    /// <summary>True for files of hugetlbfs and memfd_create(2) with MFD_HUGETLB; their block size is that of a huge page.</summary>
    internal static bool IsOnHugePages(int descriptor, in HostStatx status)
    {
        const int LeastHugePage = 1 << 16;
        const long FileSystem = 0x958458f6; // HUGETLBFS_MAGIC
        if (status.BlockSize < LeastHugePage)
            return false;
        var answer = stackalloc long[15]; // struct statfs
        return Kernel.Call(HostCall.Fstatfs, descriptor, (nint)answer) == 0 && answer[0] == FileSystem;
    }

    /// <summary>Where a symbolic link points, or an empty array.</summary>
    internal static byte[] ReadLink(byte[] path)
    {
        var target = new byte[4096];
        fixed (byte* zeroTerminated = RawText.WithZero(path), start = target)
        {
            var length = Kernel.Call(HostCall.Readlinkat, CurrentDirectory, (nint)zeroTerminated, (nint)start, target.Length);
            return length > 0 ? target[..(int)length] : [];
        }
    }

    /// <summary>The one path of an open file, without links; nothing where there is no /proc.</summary>
    internal static byte[] PathOf(int descriptor) => ReadLink(RawText.Encode($"/proc/self/fd/{descriptor}"));

    /// <summary>Where a symbolic link points that was opened itself (O_PATH with O_NOFOLLOW); nothing if it is no link.</summary>
    internal static byte[] LinkOf(int descriptor)
    {
        var target = new byte[4096];
        byte zero = 0;
        fixed (byte* start = target)
        {
            var length = Kernel.Call(HostCall.Readlinkat, descriptor, (nint)(&zero), (nint)start, target.Length);
            return length > 0 ? target[..(int)length] : [];
        }
    }

    /// <summary>A new file that lives in memory only, with the given contents, positioned at its start.</summary>
    internal static int CreateInMemory(string name, ReadOnlySpan<byte> contents, bool closeOnExec)
    {
        int descriptor;
        fixed (byte* label = RawText.WithZero(RawText.Encode(name)))
            descriptor = (int)Kernel.Call(HostCall.MemfdCreate, (nint)label, closeOnExec ? 1 : 0);
        var done = 0;
        while (descriptor >= 0 && done < contents.Length)
        {
            long count;
            fixed (byte* start = contents)
                count = Kernel.Call(HostCall.Pwrite64, descriptor, (nint)(start + done), contents.Length - done, done);
            if (count < 0)
            {
                Close(descriptor);
                return (int)count;
            }

            done += (int)count;
        }

        return descriptor;
    }
}
