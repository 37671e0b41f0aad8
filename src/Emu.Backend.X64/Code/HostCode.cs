using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Emu.Backend.X64.Code;

/// <summary>The host's calls for memory that holds code.</summary>
internal static unsafe partial class HostCode
{
    private const int Read = 1, Write = 2, Execute = 4;
    private const int Shared = 1, Private = 2, Fixed = 0x10, Anonymous = 0x20, NoReserve = 0x4000;
    private const uint CloseOnExec = 1;

    /// <summary>Reserves addresses.</summary>
    /// <exception cref="Win32Exception">There are none left.</exception>
    public static byte* Reserve(long size) => Checked(MMap(null, (nuint)size, 0, Private | Anonymous | NoReserve, -1, 0));

    /// <summary>Reserves addresses again that hold code.</summary>
    public static void Release(byte* address, long size) => Checked(MMap(address, (nuint)size, 0, Private | Anonymous | NoReserve | Fixed, -1, 0));

    /// <summary>
    /// Makes memory that is written through one view and executed through another; the latter lies at a given reserved address, the former, which is returned, at
    /// another, or anywhere for null.
    /// </summary>
    /// <exception cref="Win32Exception">The host does not allow it.</exception>
    public static byte* MapTwice(byte* executable, byte* writable, long size)
    {
        var file = MemFdCreate("emu-code", CloseOnExec);
        if (file < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        try
        {
            if (FTruncate(file, size) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            var view = Checked(MMap(writable, (nuint)size, Read | Write, Shared | NoReserve | (writable is null ? 0 : Fixed), file, 0));
            Checked(MMap(executable, (nuint)size, Read | Execute, Shared | NoReserve | Fixed, file, 0));
            return view;
        }
        finally
        {
            _ = Close(file);
        }
    }

    /// <summary>Gives a view back.</summary>
    public static void Unmap(byte* address, long size) => _ = MUnmap(address, (nuint)size);

    private static byte* Checked(byte* result) => (nint)result == -1 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MMap(byte* address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(byte* address, nuint length);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemFdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int FTruncate(int fd, long length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int fd);
}
