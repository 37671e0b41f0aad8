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
    /// <summary>PROT_EXEC; never for pages of the guest</summary>
    Execute = 4,
}

/// <summary>Host memory from mmap(2), for what is too large, too sparse or too long-lived for an allocator.</summary>
public static unsafe partial class HostMemory
{
    private const int MapShared = 0x01;
    private const int MapPrivate = 0x02;
    private const int MapFixed = 0x10;
    private const int MapAnonymousFlag = 0x20;
    private const int MapNoReserve = 0x4000;
    private const int MapFixedNoReplace = 0x100000;
    private const int RemapMayMove = 1;
    private const int RemapFixed = 2;
    private const int MapLocked = 0x2000;
    private const int ShmReadOnly = 0x1000;
    private const int ShmRemap = 0x4000;
    private const int MapPopulate = 0x8000;
    private const int RemapDontUnmap = 4;
    private const int BadAddress = 14; // EFAULT

    /// <summary>Reserves zeroed pages that take host memory only when touched.</summary>
    /// <exception cref="Win32Exception">mmap failed; the message is errno's.</exception>
    public static byte* Reserve(byte* address, long length, HostProtection protection, bool fixedAddress)
    {
        var flags = MapPrivate | MapAnonymousFlag | MapNoReserve | (fixedAddress ? MapFixed : 0);
        var result = MMap(address, (nuint)length, (int)protection, flags, -1, 0);
        return (nint)result == -1 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;
    }

    /// <summary>Gives pages back.</summary>
    /// <exception cref="Win32Exception">munmap failed; the message is errno's.</exception>
    public static void Release(byte* address, long length)
    {
        if (MUnmap(address, (nuint)length) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Maps zeroed pages over a part of a reserved region; 0 or errno.</summary>
    internal static int MapAnonymous(byte* address, ulong length, HostProtection protection, bool shared, bool noReserve)
    {
        var flags = (shared ? MapShared : MapPrivate) | MapAnonymousFlag | MapFixed | (noReserve ? MapNoReserve : 0);
        return Errno((nint)MMap(address, (nuint)length, (int)protection, flags, -1, 0));
    }

    /// <summary>Maps what is asked for over a part of a reserved region; 0 or errno.</summary>
    internal static int Map(byte* address, ulong length, HostProtection protection, in MapRequest request)
    {
        var flags = MapFixed | (request.IsShared ? MapShared : MapPrivate) | (request.NoReserve ? MapNoReserve : 0)
            | (request.IsLocked ? MapLocked : 0) | (request.IsPopulated ? MapPopulate : 0);
        if (request.File is { IsSegment: true })
            return Errno(ShmAt(request.Descriptor, address, ShmRemap | ((protection & HostProtection.Write) != 0 ? 0 : ShmReadOnly)));
        return request.File is null
            ? Errno((nint)MMap(address, (nuint)length, (int)protection, flags | MapAnonymousFlag, -1, 0))
            : Errno((nint)MMap(address, (nuint)length, (int)protection, flags, request.Descriptor, request.Offset));
    }

    /// <summary>Changes the rights of pages; 0 or errno.</summary>
    internal static int Protect(byte* address, ulong length, HostProtection protection) =>
        Errno(MProtect(address, (nuint)length, (int)protection));

    /// <summary>Moves private pages over a part of a reserved region and leaves the old range mapped but empty (Linux 5.7, files 5.13); 0 or errno.</summary>
    internal static int Move(byte* from, byte* to, ulong length) =>
        Errno((nint)MRemap(from, (nuint)length, (nuint)length, RemapMayMove | RemapFixed | RemapDontUnmap, to));

    /// <summary>Maps the pages of a shared mapping a second time, over a part of a reserved region; 0 or errno.</summary>
    internal static int Duplicate(byte* from, byte* to, ulong length) =>
        Errno((nint)MRemap(from, 0, (nuint)length, RemapMayMove | RemapFixed, to));

    /// <summary>Reserves a range if nothing at all is mapped there; true if it was such a hole.</summary>
    internal static bool TryReserveHole(byte* address, ulong length)
    {
        var flags = MapPrivate | MapAnonymousFlag | MapNoReserve | MapFixedNoReplace;
        return MMap(address, (nuint)length, 0, flags, -1, 0) == address;
    }

    /// <summary>
    /// True if the host can read at the address, found out without a fault: epoll_ctl(2) copies the event in before it looks at the descriptors,
    /// which are wrong here.
    /// </summary>
    internal static bool IsReadable(byte* address)
    {
        const int Add = 1;
        EpollCtl(-1, Add, -1, (byte*)((nint)address & ~63));
        return Marshal.GetLastPInvokeError() != BadAddress;
    }

    private static int Errno(nint result) => result == -1 ? Marshal.GetLastPInvokeError() : 0;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* MMap(byte* address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(byte* address, nuint length);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int MProtect(byte* address, nuint length, int protection);

    // Variadic in C; the fifth argument travels in a register all the same on x86-64 and arm64 Linux.
    [LibraryImport("libc", EntryPoint = "mremap", SetLastError = true)]
    private static partial byte* MRemap(byte* address, nuint oldLength, nuint newLength, int flags, byte* newAddress);

    [LibraryImport("libc", EntryPoint = "shmat", SetLastError = true)]
    private static partial nint ShmAt(int segment, byte* address, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollCtl(int epoll, int operation, int descriptor, byte* change);
}
