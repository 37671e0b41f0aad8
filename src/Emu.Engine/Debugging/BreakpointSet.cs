namespace Emu.Engine.Debugging;

/// <summary>The addresses at which vCPUs stop. Reading needs no lock; the debugger's thread changes it while they stand still.</summary>
public sealed class BreakpointSet
{
    private volatile ulong[] _sorted = [];

    /// <summary>True without any.</summary>
    public bool IsEmpty => _sorted.Length == 0;

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<ulong> All => _sorted;

    /// <summary>True if there is one at that address.</summary>
    public bool Contains(ulong address) => Array.BinarySearch(_sorted, address) >= 0;

    /// <summary>The lowest one in a range, or <paramref name="end"/> if there is none.</summary>
    public ulong FirstIn(ulong start, ulong end)
    {
        var sorted = _sorted;
        var index = Array.BinarySearch(sorted, start);
        index = index < 0 ? ~index : index;
        return index < sorted.Length && sorted[index] < end ? sorted[index] : end;
    }

    /// <summary>Adds one; false if it was there.</summary>
    internal bool Add(ulong address)
    {
        if (Contains(address))
            return false;
        ulong[] more = [.. _sorted, address];
        Array.Sort(more);
        _sorted = more;
        return true;
    }

    /// <summary>Removes one; false if it was not there.</summary>
    internal bool Remove(ulong address)
    {
        if (!Contains(address))
            return false;
        _sorted = Array.FindAll(_sorted, other => other != address);
        return true;
    }
}
