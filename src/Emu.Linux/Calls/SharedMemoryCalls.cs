using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Calls.Arguments;
using Emu.Linux.Calls.Values;
using Emu.Linux.Host;
using Emu.Linux.Process;

namespace Emu.Linux.Calls;

/// <summary>
/// System V shared memory (svipc(7)): segments are the host's, attached inside the guest's space. <c>struct shmid64_ds</c>, <c>shminfo64</c> and <c>shm_info</c> are the same
/// for guest and host.
/// </summary>
internal static unsafe class SharedMemoryCalls
{
    [Syscall(194)]
    public static SysResult Shmget(ref SyscallContext c, int key, ulong size, IpcFlags flags) => c.Host(HostCall.Shmget, key, (nint)size, (nint)flags);

    [Syscall(195)]
    public static SysResult Shmctl(ref SyscallContext c, int id, SharedMemoryCommand command, GuestPointer buffer) =>
        c.Host(HostCall.Shmctl, id, (nint)command, buffer);

    [Syscall(196, Returns = SyscallReturns.Address)]
    public static SysResult Shmat(ref SyscallContext c, int id, GuestAddress address, AttachFlags flags)
    {
        var place = address.Value;
        if ((flags & AttachFlags.SHM_RND) != 0)
            place &= ~(GuestMemory.PageSize - 1UL); // SHMLBA is a page
        if (id < 0 || place % GuestMemory.PageSize != 0 || (place == 0 && (flags & AttachFlags.SHM_REMAP) != 0))
            return Errno.EINVAL;
        HostSegment segment;
        var answer = c.Host(HostCall.Shmctl, id, (nint)SharedMemoryCommand.IPC_STAT, (nint)(&segment));
        if (answer.IsError)
            return answer;
        var request = new MapRequest
        {
            Address = place,
            Length = segment.Size,
            Permissions = RightsOf(flags),
            IsShared = true,
            Descriptor = id,
            File = new MappedFile(1, (ulong)id, $"/SYSV{segment.Permission.Key:x8} (deleted)", IsSegment: true),
            FileSize = long.MaxValue,
            Placement = place == 0 ? MapPlacement.Hint : (flags & AttachFlags.SHM_REMAP) != 0 ? MapPlacement.Fixed : MapPlacement.FixedNoReplace,
        };
        var (memory, result) = (c.Memory, 0UL);
        var refused = request.Placement == MapPlacement.Fixed
            ? c.Process.ChangeMap(c.VCpu, () => memory.Map(request, out result))
            : memory.Map(request, out result);
        if (refused == MapError.None)
            LinuxProcess.TellMapped(c.Thread, result, segment.Size);
        return refused switch
        {
            MapError.None => (long)result,
            MapError.Exists => Errno.EINVAL, // shmat(2): nothing may be there without SHM_REMAP
            _ => refused,
        };
    }

    [Syscall(197)]
    public static SysResult Shmdt(ref SyscallContext c, GuestAddress address)
    {
        var memory = c.Memory;
        var found = false;
        // The pieces that are left of the segment that was attached there (ipc/shm.c, ksys_shmdt).
        foreach (var mapping in memory.Mappings)
            if (mapping.File is { IsSegment: true } && mapping.Start - (ulong)mapping.Offset == address && mapping.Start >= address)
            {
                found = true;
                var (start, length) = (mapping.Start, mapping.Length);
                c.Process.ChangeMap(c.VCpu, () => memory.Unmap(start, length));
                LinuxProcess.TellUnmapped(c.Thread, start, length);
            }

        return found ? SysResult.None : Errno.EINVAL;
    }

    private static PagePermissions RightsOf(AttachFlags flags) =>
        PagePermissions.Read | ((flags & AttachFlags.SHM_RDONLY) != 0 ? 0 : PagePermissions.Write) | ((flags & AttachFlags.SHM_EXEC) != 0 ? PagePermissions.Execute : 0);
}
