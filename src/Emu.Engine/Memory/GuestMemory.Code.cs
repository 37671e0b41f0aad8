namespace Emu.Engine.Memory;

// Stores into translated code are noticed without an instruction fence, as on cores with Ziccid: the table withholds Write from writable pages that hold
// translated code, and so do the host's rights where these are what stops the guest, so that a store takes the slow path, which asks the machine. What the host's kernel stores on the guest's behalf is reported by
// whoever handed it the memory. A second mapping of the same file, and stores of other processes, are not noticed: they need the fence.
public sealed unsafe partial class GuestMemory
{
    private volatile bool _hasWatched;

    /// <summary>True once any page was watched.</summary>
    public bool HasWatchedPages => _hasWatched;

    /// <summary>Asked before the emulator itself stores to guest memory that holds translated code: address and length.</summary>
    internal Action<ulong, ulong>? CodeStored { get; set; }

    /// <summary>True if the page holds translated code and stores to it are noticed.</summary>
    public bool IsWatched(ulong address) => address < Size && (Entry(address) & PagePermissions.Watched) != 0;

    /// <summary>Has stores to the pages of the range noticed from now on. True if some were not until now: what was read there may have changed meanwhile.</summary>
    internal bool Watch(ulong start, ulong end)
    {
        var changed = false;
        for (var page = start & ~(PageSize - 1UL); page < Math.Min(end, Size); page += PageSize)
        {
            if ((Entry(page) & PagePermissions.Write) == 0)
                continue;
            lock (_gate)
            {
                ref var entry = ref Entry(page);
                if ((entry & PagePermissions.Write) == 0)
                    continue;
                _hasWatched = true;
                if (IsCheckedByHost && HostMemory.Protect(Host(page), PageSize, HostProtection.Read) is not 0 and var error)
                    throw new System.ComponentModel.Win32Exception(error);
                entry ^= PagePermissions.Write | PagePermissions.Watched;
                changed = true;
            }
        }

        if (changed)
            Interlocked.MemoryBarrier();
        return changed;
    }

    /// <summary>From now on translated code does not test the table. Called before any runs.</summary>
    public void CheckByHost()
    {
        lock (_gate)
        {
            IsCheckedByHost = true;
            foreach (var mapping in _hasWatched ? _mappings.Slices(0, Size) : [])
                for (var page = mapping.Start; page < mapping.End; page += PageSize)
                    if ((Entry(page) & PagePermissions.Watched) != 0 && HostMemory.Protect(Host(page), PageSize, HostProtection.Read) is not 0 and var error)
                        throw new System.ComponentModel.Win32Exception(error);
        }
    }

    /// <summary>Gives the right to store back to a page.</summary>
    internal void Unwatch(ulong address)
    {
        lock (_gate)
            if (IsWatched(address))
                StopWatching(address & ~(PageSize - 1UL));
    }

    /// <summary>Gives the right to store back to the pages of a range, before they are moved: they have the same rights then.</summary>
    private void UnwatchAll(ulong start, ulong end)
    {
        for (var page = start; _hasWatched && page < end; page += PageSize)
            if (IsWatched(page))
                StopWatching(page);
    }

    private void StopWatching(ulong page)
    {
        if (IsCheckedByHost && HostMemory.Protect(Host(page), PageSize, HostProtection.Read | HostProtection.Write) is not 0 and var error)
            throw new System.ComponentModel.Win32Exception(error);
        Entry(page) ^= PagePermissions.Write | PagePermissions.Watched;
    }

    /// <summary>Reports a store of the emulator or the host's kernel; costs nothing while no page is watched.</summary>
    public void NoteStore(ulong address, ulong length)
    {
        if (!_hasWatched || address >= Size)
            return;
        var end = address + Math.Min(length, Size - address);
        for (var at = address; at < end; at = (at | (PageSize - 1UL)) + 1)
            if ((Entry(at) & PagePermissions.Watched) != 0)
                CodeStored?.Invoke(at, Math.Min(end, (at | (PageSize - 1UL)) + 1) - at);
    }
}
