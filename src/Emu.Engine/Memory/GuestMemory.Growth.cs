namespace Emu.Engine.Memory;

// Mappings that grow down: the main stack, and what MAP_GROWSDOWN asks for (mm/mmap.c, expand_downwards).
public sealed unsafe partial class GuestMemory
{
    /// <summary>Distance that a growing mapping keeps from the next accessible one below (stack_guard_gap of mm/mmap.c), in bytes.</summary>
    public const ulong GrowthGuard = 256 * PageSize;

    /// <summary>The size in bytes that a mapping cannot grow beyond: RLIMIT_STACK.</summary>
    public ulong GrowthLimit { get; set; } = 8UL << 20;

    /// <summary>Grows the mapping above an unmapped address down to it, if it is one that grows; true if it did.</summary>
    private bool TryGrowDown(ulong address)
    {
        if (address < LowestAddress || address >= Size || (PermissionsOf(address) & PagePermissions.Mapped) != 0)
            return false;
        var start = address & ~(PageSize - 1UL);
        lock (_gate)
        {
            var index = _mappings.IndexFrom(address);
            if (index == _mappings.Count || _mappings[index] is not { GrowsDown: true } mapping || mapping.Start <= start)
                return index < _mappings.Count && _mappings[index].Start <= address; // another thread was faster
            if (mapping.End - start > GrowthLimit || (index > 0 && IsTooNear(_mappings[index - 1], start)))
                return false;
            if (HostMemory.MapAnonymous(Host(start), mapping.Start - start, ProtectionOf(mapping.Permissions), shared: false, noReserve: true) != 0)
                return false;
            _mappings.Set(mapping with { Start = start, End = mapping.Start });
            Publish(start, mapping.Start);
            return true;
        }
    }

    private static bool IsTooNear(in Mapping below, ulong start)
    {
        const PagePermissions Any = PagePermissions.Read | PagePermissions.Write | PagePermissions.Execute;
        return !below.GrowsDown && (below.Permissions & Any) != 0 && start - below.End < GrowthGuard;
    }
}
