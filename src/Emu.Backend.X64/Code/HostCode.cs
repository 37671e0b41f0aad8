using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Emu.Backend.X64.Code;

/// <summary>The host's calls for memory that holds code.</summary>
internal static unsafe partial class HostCode
{
    private const int Read = 1, Write = 2, Execute = 4;
    private const int Shared = 1, Private = 2, Fixed = 0x10, Anonymous = 0x20, NoReserve = 0x4000;
    private const int MayMove = 1, RemapFixed = 2;
    private const uint CloseOnExec = 1;
    private const int InvalidArgument = 22;

    /// <summary>Reserves addresses.</summary>
    /// <exception cref="Win32Exception">There are none left.</exception>
    public static byte* Reserve(long size) => Checked(MMap(null, (nuint)size, 0, Private | Anonymous | NoReserve, -1, 0));

    /// <summary>Reserves addresses again that hold code.</summary>
    public static void Release(byte* address, long size) => Checked(MMap(address, (nuint)size, 0, Private | Anonymous | NoReserve | Fixed, -1, 0));

    /// <summary>Zeroed memory for <see cref="ViewAsCode"/> that is written here; it takes host memory only where it is touched, and a forked process shares it.</summary>
    /// <exception cref="Win32Exception">There is none.</exception>
    public static byte* MapShared(long size) => Checked(MMap(null, (nuint)size, Read | Write, Shared | Anonymous | NoReserve, -1, 0));

    /// <summary>Has memory of <see cref="MapShared"/>, to which nothing was written yet, executed through a second view of it, at a given reserved address.</summary>
    /// <exception cref="Win32Exception">The host does not allow it.</exception>
    public static void ViewAsCode(byte* writable, byte* executable, long size)
    {
        // Of no bytes, a shared mapping is not moved but mapped a second time. Valgrind does not know that; a file serves there, which takes a descriptor for a moment.
        if ((nint)MRemap(writable, 0, (nuint)size, MayMove | RemapFixed, executable) == -1)
        {
            var error = Marshal.GetLastPInvokeError();
            var file = error == InvalidArgument ? NewFile(size) : -1;
            if (file < 0)
                throw new Win32Exception(error);
            MapFile(file, writable, executable, size);
            Close(file);
        }
        else if (MProtect(executable, (nuint)size, Read | Execute) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Moves memory over what is at another address.</summary>
    /// <exception cref="Win32Exception">The host does not allow it.</exception>
    public static void Move(byte* from, byte* to, long size) => Checked(MRemap(from, (nuint)size, (nuint)size, MayMove | RemapFixed, to));

    /// <summary>A file of zeros in memory, or -1: the host has no descriptor left, or gives none.</summary>
    public static int NewFile(long size)
    {
        var file = MemFdCreate("emu-code", CloseOnExec);
        if (file < 0 || FTruncate(file, size) == 0)
            return file;
        Close(file);
        return -1;
    }

    /// <summary>Copies a part of some memory to the same place of a file; false if the host refuses.</summary>
    public static bool TryCopy(byte* memory, int file, long start, long length) => PWrite(file, memory + start, (nuint)length, start) == length;

    /// <summary>Maps a file in place of what is written and of what is executed.</summary>
    /// <exception cref="Win32Exception">The host does not allow it.</exception>
    public static void MapFile(int file, byte* writable, byte* executable, long size)
    {
        Checked(MMap(writable, (nuint)size, Read | Write, Shared | Fixed | NoReserve, file, 0));
        Checked(MMap(executable, (nuint)size, Read | Execute, Shared | Fixed | NoReserve, file, 0));
    }

    /// <summary>Closes a descriptor.</summary>
    public static void Close(int file) => _ = CloseFile(file);

    /// <summary>Gives a view back.</summary>
    public static void Unmap(byte* address, long size) => _ = MUnmap(address, (nuint)size);

    private static byte* Checked(byte* result) => (nint)result == -1 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MMap(byte* address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(byte* address, nuint length);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int MProtect(byte* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemFdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    private static partial int FTruncate(int fd, long length);

    [LibraryImport("libc", EntryPoint = "pwrite")]
    private static partial nint PWrite(int fd, byte* buffer, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int fd);

    // Variadic in C; the fifth argument travels in a register all the same on x86-64 Linux.
    [LibraryImport("libc", EntryPoint = "mremap", SetLastError = true)]
    private static partial byte* MRemap(byte* address, nuint oldLength, nuint newLength, int flags, byte* newAddress);
}
