using Emu.Linux.Calls.Arguments;
using Emu.Linux.Host;

namespace Emu.Linux.Calls;

/// <summary>Locked memory (mlock(2)) and protection keys (pkeys(7)).</summary>
internal static class LockingCalls
{
    private const int Current = 1; // MCL_CURRENT
    private const int Future = 2;  // MCL_FUTURE
    private const int OnFault = 4; // MCL_ONFAULT
    private const int PagesOnFault = 1; // MLOCK_ONFAULT

    [Syscall(228)]
    public static SysResult Mlock(ref SyscallContext c, GuestAddress address, ulong length) => OnPages(ref c, HostCall.Mlock, address, length, 0);

    [Syscall(284)]
    public static SysResult Mlock2(ref SyscallContext c, GuestAddress address, ulong length, int flags) =>
        (flags & ~PagesOnFault) != 0 ? Errno.EINVAL : OnPages(ref c, HostCall.Mlock2, address, length, flags);

    [Syscall(229)]
    public static SysResult Munlock(ref SyscallContext c, GuestAddress address, ulong length) => OnPages(ref c, HostCall.Munlock, address, length, 0);

    /// <summary>The guest's mappings one by one: the host process has others, larger than any memory.</summary>
    [Syscall(230)]
    public static SysResult Mlockall(ref SyscallContext c, int flags)
    {
        if ((flags & ~(Current | Future | OnFault)) != 0 || (flags & (Current | Future)) == 0)
            return Errno.EINVAL;
        c.Process.LocksNewMappings = (flags & Future) != 0;
        return (flags & Current) == 0 ? SysResult.None : OnAll(ref c, HostCall.Mlock2, (flags & OnFault) != 0 ? PagesOnFault : 0);
    }

    [Syscall(231)]
    public static SysResult Munlockall(ref SyscallContext c)
    {
        c.Process.LocksNewMappings = false;
        return OnAll(ref c, HostCall.Munlock, 0);
    }

    /// <summary>The architecture has no protection keys: only the key that every page has (mm/mprotect.c).</summary>
    [Syscall(288)]
    public static SysResult PkeyMprotect(ref SyscallContext c, GuestAddress address, ulong length, Values.MemoryRights rights, int key) =>
        key == -1 ? MemoryCalls.Mprotect(ref c, address, length, rights) : Errno.EINVAL;

    [Syscall(289)]
    public static SysResult PkeyAlloc(ref SyscallContext c, ulong flags, ulong rights) => flags != 0 || (rights & ~3UL) != 0 ? Errno.EINVAL : Errno.ENOSPC;

    [Syscall(290)]
    public static SysResult PkeyFree(ref SyscallContext c, int key) => Errno.EINVAL;

    private static SysResult OnAll(ref SyscallContext c, HostCall call, nint argument)
    {
        foreach (var mapping in c.Memory.Mappings)
            if (c.Host(call, c.HostSource(mapping.Start), (nint)mapping.Length, argument) is { IsError: true } failed && mapping.Permissions != 0)
                return failed;
        return SysResult.None;
    }

    private static SysResult OnPages(ref SyscallContext c, HostCall call, ulong address, ulong length, nint argument)
    {
        var inPage = address % Engine.Memory.GuestMemory.PageSize;
        // mm/mlock.c, do_mlock: a length that is rounded up beyond all numbers is none.
        if (Engine.Memory.GuestMemory.RoundUp(length + inPage) == 0)
            return SysResult.None;
        return MemoryCalls.CheckMapped(ref c, address - inPage, length + inPage) is { IsError: true } refused
            ? refused
            : c.Host(call, c.HostSource(address - inPage), (nint)(length + inPage), argument);
    }
}
