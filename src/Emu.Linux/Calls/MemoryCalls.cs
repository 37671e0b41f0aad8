using Emu.Engine.Memory;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Linux.Calls;

/// <summary>The address space.</summary>
internal static class MemoryCalls
{
    /// <summary>Flags that MAP_SHARED_VALIDATE knows on any file (LEGACY_MAP_MASK of include/linux/mman.h).</summary>
    private const MapFlags Validated = MapFlags.MAP_SHARED_VALIDATE | MapFlags.MAP_FIXED | MapFlags.MAP_ANONYMOUS | MapFlags.MAP_GROWSDOWN
        | MapFlags.MAP_DENYWRITE | MapFlags.MAP_EXECUTABLE | MapFlags.MAP_LOCKED | MapFlags.MAP_NORESERVE | MapFlags.MAP_POPULATE
        | MapFlags.MAP_NONBLOCK | MapFlags.MAP_STACK | MapFlags.MAP_HUGETLB;

    [Syscall(214, Returns = SyscallReturns.Address)]
    public static SysResult Brk(ref SyscallContext c, GuestAddress end)
    {
        var heap = c.Process.Heap;
        var (before, after) = (heap.End, end < heap.End ? c.Process.ChangeMap(c.VCpu, () => heap.MoveEnd(end)) : heap.MoveEnd(end));
        var (oldTop, newTop) = (GuestMemory.RoundUp(before), GuestMemory.RoundUp(after));
        if (newTop > oldTop)
            LinuxProcess.TellMapped(c.Thread, oldTop, newTop - oldTop);
        else if (newTop < oldTop)
            LinuxProcess.TellUnmapped(c.Thread, newTop, oldTop - newTop);
        return (long)after;
    }

    [Syscall(222, Returns = SyscallReturns.Address)]
    public static SysResult Mmap(ref SyscallContext c, GuestAddress address, ulong length, MemoryRights rights, MapFlags flags, Fd fd, long offset)
    {
        const MapFlags TypeMask = (MapFlags)0xf;
        var type = flags & TypeMask;
        if (type is not (MapFlags.MAP_SHARED or MapFlags.MAP_PRIVATE or MapFlags.MAP_SHARED_VALIDATE) || offset % GuestMemory.PageSize != 0 || length == 0)
            return Errno.EINVAL;
        if (type == MapFlags.MAP_SHARED_VALIDATE && (flags & MapFlags.MAP_ANONYMOUS) != 0)
            return Errno.EINVAL;
        if (type == MapFlags.MAP_SHARED_VALIDATE && (flags & ~Validated) != 0)
            return Errno.EOPNOTSUPP;
        if ((flags & MapFlags.MAP_HUGETLB) != 0)
            return Errno.ENOMEM; // as on a machine without reserved huge pages
        // Only zeroed private memory grows (mm/mmap.c, do_mmap).
        if ((flags & MapFlags.MAP_GROWSDOWN) != 0 && (type != MapFlags.MAP_PRIVATE || (flags & MapFlags.MAP_ANONYMOUS) == 0))
            return Errno.EINVAL;
        var request = new MapRequest
        {
            Address = address,
            Length = length,
            Permissions = PermissionsOf(rights),
            IsShared = type != MapFlags.MAP_PRIVATE,
            NoReserve = (flags & MapFlags.MAP_NORESERVE) != 0,
            GrowsDown = (flags & MapFlags.MAP_GROWSDOWN) != 0,
            IsLocked = (flags & MapFlags.MAP_LOCKED) != 0 || c.Process.LocksNewMappings,
            // MAP_NONBLOCK makes MAP_POPULATE do nothing (mmap(2)).
            IsPopulated = (flags & (MapFlags.MAP_POPULATE | MapFlags.MAP_NONBLOCK)) == MapFlags.MAP_POPULATE,
            Placement =
                (flags & MapFlags.MAP_FIXED_NOREPLACE) != 0 ? MapPlacement.FixedNoReplace :
                (flags & MapFlags.MAP_FIXED) != 0 ? MapPlacement.Fixed :
                MapPlacement.Hint,
        };
        if (request.Placement != MapPlacement.Hint && address < GuestMemory.LowestAddress)
            return address % GuestMemory.PageSize != 0 ? Errno.EINVAL : Errno.EPERM;
        if ((flags & MapFlags.MAP_ANONYMOUS) == 0)
        {
            var error = LinuxProcess.DescribeMapped(fd.Number, offset, ref request);
            if (error.IsError)
                return error;
        }

        var (memory, result) = (c.Memory, 0UL);
        var refused = request.Placement == MapPlacement.Fixed
            ? c.Process.ChangeMap(c.VCpu, () => memory.Map(request, out result))
            : memory.Map(request, out result);
        if (refused != MapError.None)
            return refused;
        LinuxProcess.TellMapped(c.Thread, result, length);
        return (long)result;
    }

    [Syscall(215)]
    public static SysResult Munmap(ref SyscallContext c, GuestAddress address, ulong length)
    {
        var memory = c.Memory;
        var error = c.Process.ChangeMap(c.VCpu, () => memory.Unmap(address, length));
        if (error == MapError.None)
            LinuxProcess.TellUnmapped(c.Thread, address, length);
        return error;
    }

    [Syscall(226)]
    public static SysResult Mprotect(ref SyscallContext c, GuestAddress address, ulong length, MemoryRights rights)
    {
        var memory = c.Memory;
        // In the order of mm/mprotect.c, do_mprotect_pkey. No mapping of this architecture grows up.
        const MemoryRights Known = (MemoryRights)0xf | MemoryRights.PROT_GROWSDOWN;
        const MemoryRights Grows = MemoryRights.PROT_GROWSDOWN | MemoryRights.PROT_GROWSUP;
        if ((rights & Grows) == Grows || address % GuestMemory.PageSize != 0)
            return Errno.EINVAL;
        if (length == 0)
            return SysResult.None;
        if (address + GuestMemory.RoundUp(length) <= address)
            return Errno.ENOMEM;
        if ((rights & ~Known) != 0)
            return Errno.EINVAL;
        if ((rights & MemoryRights.PROT_GROWSDOWN) != 0)
        {
            if (!memory.TryFindMapping(address, out var mapping))
                return Errno.ENOMEM;
            if (!mapping.GrowsDown)
                return Errno.EINVAL;
            (address, length) = (new GuestAddress(mapping.Start), address + length - mapping.Start);
        }

        var permissions = PermissionsOf(rights);
        var error = c.Process.ChangeMap(c.VCpu, () => memory.Protect(address, length, permissions));
        if (error is MapError.None or MapError.NoMemory)
            LinuxProcess.TellProtected(c.Thread, address, length, permissions);
        return error;
    }

    [Syscall(216, Returns = SyscallReturns.Address)]
    public static SysResult Mremap(ref SyscallContext c, GuestAddress address, ulong oldLength, ulong newLength, RemapFlags flags, GuestAddress target)
    {
        if ((flags & ~(RemapFlags.MREMAP_MAYMOVE | RemapFlags.MREMAP_FIXED | RemapFlags.MREMAP_DONTUNMAP)) != 0)
            return Errno.EINVAL;
        var keepOld = (flags & RemapFlags.MREMAP_DONTUNMAP) != 0;
        var (memory, result) = (c.Memory, 0UL);
        var mayMove = (flags & RemapFlags.MREMAP_MAYMOVE) != 0;
        var place = (flags & RemapFlags.MREMAP_FIXED) != 0 ? target.Value : (ulong?)null;
        var error = c.Process.ChangeMap(c.VCpu, () => memory.Remap(address, oldLength, newLength, mayMove, place, out result, keepOld));
        if (error != MapError.None)
            return error;
        if (keepOld || oldLength == 0)
            LinuxProcess.TellMapped(c.Thread, result, newLength);
        else
            LinuxProcess.TellMoved(c.Thread, address, oldLength, result, newLength);
        return (long)result;
    }

    [Syscall(227)]
    public static SysResult Msync(ref SyscallContext c, GuestAddress address, ulong length, SyncFlags flags)
    {
        const SyncFlags Either = SyncFlags.MS_ASYNC | SyncFlags.MS_SYNC;
        if ((flags & ~(Either | SyncFlags.MS_INVALIDATE)) != 0 || (flags & Either) == Either || address % GuestMemory.PageSize != 0)
            return Errno.EINVAL;
        // mm/msync.c: a length that is rounded up beyond all numbers is none.
        return GuestMemory.RoundUp(length) == 0 ? SysResult.None : OnMapped(ref c, HostCall.Msync, address, length, (nint)flags);
    }

    [Syscall(233)]
    public static SysResult Madvise(ref SyscallContext c, GuestAddress address, ulong length, MemoryAdvice advice)
    {
        // Others are unknown, for tests of the kernel itself such as MADV_HWPOISON, or take rights away unseen such as MADV_GUARD_INSTALL.
        if (!Enum.IsDefined(advice) || GuestMemory.RoundUp(length) < length)
            return Errno.EINVAL;
        var result = OnMapped(ref c, HostCall.Madvise, address, length, (nint)advice);
        if (advice is MemoryAdvice.MADV_DONTNEED or MemoryAdvice.MADV_DONTNEED_LOCKED or MemoryAdvice.MADV_FREE or MemoryAdvice.MADV_REMOVE)
            c.Memory.NoteStore(address, length);
        return result;
    }

    [Syscall(232)]
    public static SysResult Mincore(ref SyscallContext c, GuestAddress address, ulong length, GuestPointer result) =>
        OnMapped(ref c, HostCall.Mincore, address, length, result);

    [Syscall(283)]
    public static SysResult Membarrier(ref SyscallContext c, int command, uint flags, int cpu) =>
        c.Host(HostCall.Membarrier, command, (nint)flags, cpu);

    // Code is translated again where it lies; the range is only advice for the hardware (arch/riscv/kernel/sys_riscv.c).
    [Syscall(259)]
    public static SysResult RiscvFlushIcache(ref SyscallContext c, GuestAddress start, GuestAddress end, ulong flags)
    {
        const ulong Local = 1;
        if ((flags & ~Local) != 0)
            return Errno.EINVAL;
        c.VCpu.Machine.DropWritableCode();
        return SysResult.None;
    }

    /// <summary>Writable pages are readable, as the hardware cannot have them otherwise (Priv. ISA, encoding of PTE R/W/X fields).</summary>
    private static PagePermissions PermissionsOf(MemoryRights rights) =>
        ((rights & MemoryRights.PROT_READ) != 0 ? PagePermissions.Read : 0)
        | ((rights & MemoryRights.PROT_WRITE) != 0 ? PagePermissions.Read | PagePermissions.Write : 0)
        | ((rights & MemoryRights.PROT_EXEC) != 0 ? PagePermissions.Execute : 0);

    /// <summary>
    /// A call about a range. Where nothing is mapped the host would not notice, as it has the whole region mapped: the answer is ENOMEM, and madvise(2) still
    /// advises on the mapped parts.
    /// </summary>
    private static SysResult OnMapped(ref SyscallContext c, HostCall call, ulong address, ulong length, nint argument = 0)
    {
        var refused = CheckMapped(ref c, address, length);
        if (!refused.IsError)
            return c.Host(call, c.HostAddress(address), (nint)length, argument);
        if (call == HostCall.Madvise && refused.Error == Errno.ENOMEM && address < c.Memory.Limit && length <= c.Memory.Limit - address)
            foreach (var part in c.Memory.MappedParts(address, address + GuestMemory.RoundUp(length)))
                if (c.Host(call, c.HostAddress(part.Start), (nint)part.Length, argument) is { IsError: true } failed)
                    return failed;
        return refused;
    }

    /// <summary>What is wrong with a range that must be mapped throughout: EINVAL or ENOMEM.</summary>
    internal static SysResult CheckMapped(ref SyscallContext c, ulong address, ulong length)
    {
        if (address % GuestMemory.PageSize != 0)
            return Errno.EINVAL;
        if (address > c.Memory.Limit || GuestMemory.RoundUp(length) > c.Memory.Limit - address || GuestMemory.RoundUp(length) < length)
            return Errno.ENOMEM;
        var end = address + GuestMemory.RoundUp(length);
        return c.Memory.FirstGap(address, end) == end ? SysResult.None : Errno.ENOMEM;
    }
}
