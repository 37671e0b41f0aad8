namespace Emu.Engine.Memory;

public sealed unsafe partial class GuestMemory
{
    /// <summary>No mapping goes below this address unless it is asked for exactly, as <c>vm.mmap_min_addr</c> has it.</summary>
    public const ulong LowestAddress = 1 << 16;

    private readonly Lock _gate = new();
    private readonly MappingList _mappings = new();

    /// <summary>Called when executable code in the range may have changed or gone: after the change of the map, with the lock not held.</summary>
    public Action<ulong, ulong>? CodeChanged { get; set; }

    /// <summary>Where the search for free ranges begins, going down. Ranges above are used when nothing is left below.</summary>
    public ulong SearchTop { get => Math.Min(field, Limit); set; } = Size;

    /// <summary>Rounds up to whole pages; lengths near 2^64 become 0.</summary>
    public static ulong RoundUp(ulong length) => (length + PageSize - 1) & ~(PageSize - 1UL);

    /// <summary>The mappings by address.</summary>
    public IReadOnlyList<Mapping> Mappings
    {
        get
        {
            lock (_gate)
                return _mappings.Slices(0, Size);
        }
    }

    /// <summary>The mapping that holds the address.</summary>
    public bool TryFindMapping(ulong address, out Mapping mapping)
    {
        lock (_gate)
            return _mappings.TryFind(address, out mapping);
    }

    /// <summary>What is mapped from <paramref name="start"/> to <paramref name="end"/>, cut to that range.</summary>
    public IReadOnlyList<Mapping> MappedParts(ulong start, ulong end)
    {
        lock (_gate)
            return _mappings.Slices(start, end);
    }

    /// <summary>First address of the range in which nothing is mapped, or the range's end.</summary>
    public ulong FirstGap(ulong start, ulong end)
    {
        lock (_gate)
            return _mappings.FirstGap(start, end);
    }

    /// <summary>Maps zeroed private pages at exactly this place, replacing what was there. Address and length are multiples of the page size.</summary>
    /// <exception cref="ArgumentException">The range is misaligned, empty or outside the address space, or the host has no memory for it.</exception>
    public void MapAnonymous(ulong address, ulong length, PagePermissions permissions, string label = "")
    {
        var request = new MapRequest
        {
            Address = address, Length = length, Permissions = permissions, Placement = MapPlacement.Fixed, NoReserve = true, Label = label,
        };
        if (Map(request, out _) is not MapError.None and var error)
            throw new ArgumentException($"cannot map 0x{length:x} bytes at 0x{address:x}: {error}");
    }

    /// <summary>Maps zeroed memory or a file, as mmap(2).</summary>
    /// <returns><see cref="MapError.None"/>, or why nothing was mapped.</returns>
    public MapError Map(in MapRequest request, out ulong address)
    {
        address = request.Address;
        var length = RoundUp(request.Length);
        if (request.Length == 0)
            return MapError.Invalid;
        if (length == 0 || length > Limit)
            return MapError.NoMemory;
        bool code;
        using var stopped = request.Placement == MapPlacement.Fixed ? StopVCpus() : default;
        lock (_gate)
        {
            if (Place(request, length, ref address) is not MapError.None and var error)
                return error;
            var end = address + length;
            code = _mappings.HasCode(address, end) || (request.Permissions & PagePermissions.Execute) != 0;
            if (Replace(request, address, end) is not MapError.None and var refused)
                return refused;
        }

        if (code)
            CodeChanged?.Invoke(address, length);
        return MapError.None;
    }

    /// <summary>Unmaps the pages of the range, as munmap(2); parts where nothing is mapped do no harm.</summary>
    public MapError Unmap(ulong address, ulong length)
    {
        if (!IsPageRange(address, ref length) || length == 0)
            return MapError.Invalid;
        var end = address + length;
        bool code;
        using var stopped = StopVCpus();
        lock (_gate)
        {
            code = _mappings.HasCode(address, end);
            foreach (var slice in _mappings.Slices(address, end))
                Release(slice.Start, slice.End);
        }

        if (code)
            CodeChanged?.Invoke(address, length);
        return MapError.None;
    }

    /// <summary>Changes the rights of the pages of the range, as mprotect(2): up to the first page that is not mapped.</summary>
    public MapError Protect(ulong address, ulong length, PagePermissions permissions)
    {
        if (!IsPageRange(address, ref length))
            return address % PageSize != 0 ? MapError.Invalid : MapError.NoMemory;
        bool code;
        MapError error;
        using var stopped = StopVCpus();
        lock (_gate)
        {
            var end = _mappings.FirstGap(address, address + length);
            error = end == address + length ? MapError.None : MapError.NoMemory;
            code = _mappings.HasCode(address, end) || (permissions & PagePermissions.Execute) != 0;
            foreach (var slice in _mappings.Slices(address, end))
                if (Protect(slice, permissions) is not MapError.None and var refused)
                {
                    error = refused;
                    break;
                }
        }

        if (code)
            CodeChanged?.Invoke(address, length);
        return error;
    }

    private MapError Protect(in Mapping slice, PagePermissions permissions)
    {
        if (slice.Permissions == permissions)
            return MapError.None;
        Hide(slice.Start, slice.End);
        var error = HostMemory.Protect(Host(slice.Start), slice.Length, ProtectionOf(permissions));
        if (error == 0)
            _mappings.Set(slice with { Permissions = permissions });
        Publish(slice.Start, slice.End);
        return (MapError)error;
    }

    private MapError Place(in MapRequest request, ulong length, ref ulong address)
    {
        if (request.Placement == MapPlacement.Hint)
        {
            address &= ~(PageSize - 1UL);
            if (address >= LowestAddress && address <= Limit - length && _mappings.IsFree(address, address + length))
                return MapError.None;
            var found = _mappings.HighestGap(length, LowestAddress, SearchTop) ?? _mappings.HighestGap(length, LowestAddress, Limit);
            address = found ?? 0;
            return found is null ? MapError.NoMemory : MapError.None;
        }

        if (address % PageSize != 0)
            return MapError.Invalid;
        if (address > Limit - length)
            return MapError.NoMemory;
        return request.Placement == MapPlacement.FixedNoReplace && !_mappings.IsFree(address, address + length) ? MapError.Exists : MapError.None;
    }

    private MapError Replace(in MapRequest request, ulong address, ulong end)
    {
        Hide(address, end);
        var error = HostMemory.Map(Host(address), end - address, ProtectionOf(request.Permissions), request);
        if (error == 0)
            _mappings.Set(new Mapping(
                address, end, request.Permissions, request.IsShared, request.File, request.Offset, FileEndOf(request, address), request.Label ?? "", request.GrowsDown));
        else if (HostMemory.TryReserveHole(Host(address), end - address))
            // Before Linux 6.12 a refused mmap may already have unmapped what was there.
            _mappings.Remove(address, end);
        Publish(address, end);
        return (MapError)error;
    }

    private static ulong FileEndOf(in MapRequest request, ulong address) =>
        request.File is null || request.FileSize == long.MaxValue ? ulong.MaxValue :
        request.FileSize <= request.Offset ? address :
        address + RoundUp((ulong)(request.FileSize - request.Offset));

    private void Release(ulong start, ulong end)
    {
        Hide(start, end);
        HostMemory.Reserve(Host(start), (long)(end - start), HostProtection.None, fixedAddress: true);
        _mappings.Remove(start, end);
    }

    /// <summary>Rounds the length up; false if the range is misaligned or leaves the address space.</summary>
    private bool IsPageRange(ulong address, ref ulong length)
    {
        var rounded = RoundUp(length);
        if (address % PageSize != 0 || rounded < length || rounded > Limit || address > Limit - rounded)
            return false;
        length = rounded;
        return true;
    }
}
