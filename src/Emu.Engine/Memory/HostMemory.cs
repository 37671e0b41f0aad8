using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Emu.Engine.Memory;

/// <summary>Access rights of host pages, the PROT_ values of mmap(2).</summary>
[Flags]
public enum HostProtection
{
    /// <summary>PROT_NONE</summary>
    None = 0,
    /// <summary>PROT_READ</summary>
    Read = 1,
    /// <summary>PROT_WRITE</summary>
    Write = 2,
}

/// <summary>Anonymous host memory from mmap(2), for what is too large, too sparse or too long-lived for an allocator.</summary>
public static unsafe partial class HostMemory
{
    private const int MapPrivate = 0x02;
    private const int MapFixed = 0x10;
    private const int MapAnonymous = 0x20;
    private const int MapNoReserve = 0x4000;

    /// <summary>Reserves zeroed pages that take host memory only when touched.</summary>
    /// <exception cref="Win32Exception">mmap failed; the message is errno's.</exception>
    public static byte* Reserve(byte* address, long length, HostProtection protection, bool fixedAddress)
    {
        var flags = MapPrivate | MapAnonymous | MapNoReserve | (fixedAddress ? MapFixed : 0);
        var result = MMap(address, (nuint)length, (int)protection, flags, -1, 0);
        return (nint)result == -1 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;
    }

    /// <summary>Gives pages back.</summary>
    public static void Release(byte* address, long length)
    {
        if (MUnmap(address, (nuint)length) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MMap(byte* address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(byte* address, nuint length);
}
