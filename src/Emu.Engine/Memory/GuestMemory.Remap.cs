namespace Emu.Engine.Memory;

public sealed unsafe partial class GuestMemory
{
    /// <summary>Changes the size or place of a mapping, as mremap(2).</summary>
    /// <param name="address">Start of a range that lies in one mapping, unless it only becomes shorter.</param>
    /// <param name="oldLength">Its bytes; 0 makes a second mapping of the same shared pages.</param>
    /// <param name="newLength">Bytes afterwards.</param>
    /// <param name="mayMove">MREMAP_MAYMOVE</param>
    /// <param name="target">Where to move it, replacing what is there (MREMAP_FIXED), or null.</param>
    /// <param name="result">Where it is now.</param>
    /// <param name="keepOld">MREMAP_DONTUNMAP: the old range stays mapped; private memory without a file is empty there afterwards.</param>
    /// <remarks>A private file mapping never grows: without its descriptor the pages beyond cannot be had, and the answer is NoMemory.</remarks>
    public MapError Remap(ulong address, ulong oldLength, ulong newLength, bool mayMove, ulong? target, out ulong result, bool keepOld = false)
    {
        result = address;
        if (newLength > Limit)
            return target is null ? MapError.NoMemory : MapError.Invalid;
        if (newLength == 0 || !IsPageRange(address, ref oldLength) || !IsPageRange(target ?? 0, ref newLength) || ((target is not null || keepOld) && !mayMove)
            || (keepOld && oldLength != newLength))
            return MapError.Invalid;
        if (target is { } place && place < address + oldLength && address < place + newLength)
            return MapError.Invalid;
        if (target is null && !keepOld && newLength <= oldLength)
            return Shrink(address, oldLength, newLength);
        bool code;
        using var stopped = StopVCpus();
        lock (_gate)
        {
            if (!_mappings.TryFind(address, out var mapping) || mapping.End < address + oldLength)
                return MapError.Fault;
            if (oldLength == 0 && !mapping.IsShared)
                return MapError.Invalid;
            code = (mapping.Permissions & PagePermissions.Execute) != 0
                || (target is { } at && _mappings.HasCode(at, at + newLength));
            var error = Remap(mapping.Slice(address, address + oldLength), newLength, mayMove, keepOld, target, ref result);
            if (error != MapError.None)
                return error;
        }

        if (code)
        {
            CodeChanged?.Invoke(address, oldLength);
            CodeChanged?.Invoke(result, newLength);
        }

        return MapError.None;
    }

    private MapError Remap(in Mapping old, ulong newLength, bool mayMove, bool keepOld, ulong? target, ref ulong result)
    {
        if (target is null && !keepOld && TryGrow(old, newLength))
            return MapError.None;
        if (!mayMove || (newLength > old.Length && old.File is not null && !old.IsShared))
            return MapError.NoMemory;
        var place = target ?? _mappings.HighestGap(newLength, LowestAddress, SearchTop) ?? _mappings.HighestGap(newLength, LowestAddress, Limit);
        if (place is not { } address)
            return MapError.NoMemory;
        result = address;
        return Move(old, address, newLength, keepOld);
    }

    /// <summary>Gives the end of a range back. Only its first page must be mapped: the rest may have holes, as for munmap(2).</summary>
    private MapError Shrink(ulong address, ulong oldLength, ulong newLength) =>
        !TryFindMapping(address, out _) ? MapError.Fault :
        newLength == oldLength ? MapError.None :
        Unmap(address + newLength, oldLength - newLength);

    private bool TryGrow(in Mapping old, ulong newLength)
    {
        var end = old.Start + newLength;
        if (old.File is not null || old.IsShared || end > Limit || !_mappings.IsFree(old.End, end))
            return false;
        if (HostMemory.MapAnonymous(Host(old.End), end - old.End, ProtectionOf(old.Permissions), shared: false, noReserve: false) != 0)
            return false;
        _mappings.Set(old with { Start = old.End, End = end });
        Publish(old.End, end);
        return true;
    }

    private MapError Move(in Mapping old, ulong address, ulong newLength, bool keepOld)
    {
        UnwatchAll(old.Start, old.End);
        Hide(address, address + newLength);
        Hide(old.Start, old.End);
        var error = old.IsShared ? Duplicate(old, address, newLength) : MovePrivate(old, address, newLength);
        if (error == 0)
        {
            var fileEnd = old.FileEnd == ulong.MaxValue ? ulong.MaxValue : Math.Max(old.FileEnd, old.Start) - old.Start + address;
            _mappings.Set(old with { Start = address, End = address + newLength, FileEnd = fileEnd });
            if (old.Length > 0 && !keepOld)
                Release(old.Start, old.End);
        }
        else if (HostMemory.TryReserveHole(Host(address), newLength))
            _mappings.Remove(address, address + newLength);
        Publish(address, address + newLength);
        Publish(old.Start, old.End);
        return (MapError)error;
    }

    /// <summary>A second mapping of shared pages: the old one stays until it is released, so the region never has a hole.</summary>
    private int Duplicate(in Mapping old, ulong address, ulong newLength) =>
        HostMemory.Duplicate(Host(old.Start), Host(address), newLength);

    /// <summary>Moves private pages and leaves the old range mapped, so that the region never has a hole that the host could give to others.</summary>
    private int MovePrivate(in Mapping old, ulong address, ulong newLength)
    {
        var kept = Math.Min(old.Length, newLength);
        if (old.File is not null)
            return HostMemory.Move(Host(old.Start), Host(address), kept);
        var error = HostMemory.MapAnonymous(Host(address), newLength, ProtectionOf(old.Permissions), shared: false, noReserve: false);
        if (error != 0 || HostMemory.Move(Host(old.Start), Host(address), kept) == 0)
            return error;
        return Copy(old, address, kept);
    }

    /// <summary>The host kept the mapping in several pieces, which it cannot move as one; anonymous private memory may as well be copied.</summary>
    private int Copy(in Mapping old, ulong address, ulong length)
    {
        var error = HostMemory.Protect(Host(old.Start), old.Length, HostProtection.Read);
        if (error == 0)
            error = HostMemory.Protect(Host(address), length, HostProtection.Read | HostProtection.Write);
        if (error != 0)
            return error;
        Buffer.MemoryCopy(Host(old.Start), Host(address), length, length);
        error = HostMemory.MapAnonymous(Host(old.Start), old.Length, ProtectionOf(old.Permissions), shared: false, noReserve: false);
        return error != 0 ? error : HostMemory.Protect(Host(address), length, ProtectionOf(old.Permissions));
    }
}
