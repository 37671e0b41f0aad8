namespace Emu.Engine.Memory;

/// <summary>The mappings of an address space by address, without overlap. Not thread-safe.</summary>
internal sealed class MappingList
{
    private readonly List<Mapping> _items = [];

    public int Count => _items.Count;

    public Mapping this[int index] => _items[index];

    /// <summary>Index of the first mapping that ends after the address.</summary>
    public int IndexFrom(ulong address)
    {
        var (low, high) = (0, _items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_items[middle].End > address)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>The mapping that holds the address.</summary>
    public bool TryFind(ulong address, out Mapping mapping)
    {
        var index = IndexFrom(address);
        mapping = index < _items.Count ? _items[index] : default;
        return index < _items.Count && mapping.Start <= address;
    }

    /// <summary>True if nothing is mapped in the range.</summary>
    public bool IsFree(ulong start, ulong end)
    {
        var index = IndexFrom(start);
        return index == _items.Count || _items[index].Start >= end;
    }

    /// <summary>First unmapped address of the range, or its end if there is none.</summary>
    public ulong FirstGap(ulong start, ulong end)
    {
        for (var index = IndexFrom(start); start < end && index < _items.Count && _items[index].Start <= start; index++)
            start = _items[index].End;
        return Math.Min(start, end);
    }

    /// <summary>True if code could have been fetched from the range.</summary>
    public bool HasCode(ulong start, ulong end)
    {
        for (var index = IndexFrom(start); index < _items.Count && _items[index].Start < end; index++)
            if ((_items[index].Permissions & PagePermissions.Execute) != 0)
                return true;
        return false;
    }

    /// <summary>The parts of mappings that lie in the range, cut to it; none if the range is empty.</summary>
    public List<Mapping> Slices(ulong start, ulong end)
    {
        var slices = new List<Mapping>();
        for (var index = IndexFrom(start); start < end && index < _items.Count && _items[index].Start < end; index++)
        {
            var item = _items[index];
            slices.Add(item.Slice(Math.Max(start, item.Start), Math.Min(end, item.End)));
        }

        return slices;
    }

    /// <summary>Forgets what is mapped in the range; mappings that reach over its ends are cut.</summary>
    public void Remove(ulong start, ulong end)
    {
        var first = IndexFrom(start);
        var last = first;
        Mapping? before = null, after = null;
        for (; last < _items.Count && _items[last].Start < end; last++)
        {
            var item = _items[last];
            if (item.Start < start)
                before = item.Slice(item.Start, start);
            if (item.End > end)
                after = item.Slice(end, item.End);
        }

        _items.RemoveRange(first, last - first);
        if (after is { } tail)
            _items.Insert(first, tail);
        if (before is { } head)
            _items.Insert(first, head);
    }

    /// <summary>Replaces what is mapped in the mapping's range; joins it with equal neighbours, as Linux does.</summary>
    public void Set(Mapping mapping)
    {
        Remove(mapping.Start, mapping.End);
        var index = IndexFrom(mapping.Start);
        if (index < _items.Count && mapping.Continues(_items[index]))
        {
            mapping = mapping with { End = _items[index].End };
            _items.RemoveAt(index);
        }

        if (index > 0 && _items[index - 1].Continues(mapping))
            _items[index - 1] = _items[index - 1] with { End = mapping.End };
        else
            _items.Insert(index, mapping);
    }

    /// <summary>Start of the highest free range of that length between the bounds, or null.</summary>
    public ulong? HighestGap(ulong length, ulong low, ulong high)
    {
        var end = high;
        for (var index = LastStartingBefore(high); index >= 0 && end > low; index--)
        {
            var item = _items[index];
            if (item.End <= end && end - Math.Max(item.End, low) >= length)
                return end - length;
            end = Math.Min(end, item.Start);
        }

        return end > low && end - low >= length ? end - length : null;
    }

    private int LastStartingBefore(ulong address)
    {
        var index = IndexFrom(address);
        return index < _items.Count && _items[index].Start < address ? index : index - 1;
    }
}
