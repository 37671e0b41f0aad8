namespace Emu.Linux.Symbols.Dwarf;

/// <summary>What lies at which addresses; several things may lie at one. Thread-safe.</summary>
internal sealed class SpanMap<T>
{
    private readonly (AddressSpan Span, T Item)[] _entries;
    // The end of what reaches furthest of an entry and all before it: where a search may end.
    private readonly ulong[] _furthest;

    /// <param name="entries">In any order; of those that begin at one address the last is found first.</param>
    public SpanMap(List<(AddressSpan Span, T Item)> entries)
    {
        entries.Sort(static (one, other) => one.Span.Start.CompareTo(other.Span.Start));
        _entries = [.. entries];
        _furthest = new ulong[_entries.Length];
        for (var index = 0; index < _entries.Length; index++)
            _furthest[index] = Math.Max(_entries[index].Span.End, index == 0 ? 0 : _furthest[index - 1]);
    }

    /// <summary>All that lies at an address, what begins nearest to it first.</summary>
    public IEnumerable<T> At(ulong address)
    {
        for (var index = LastAtOrBelow(address); index >= 0 && _furthest[index] > address; index--)
            if (_entries[index].Span.Contains(address))
                yield return _entries[index].Item;
    }

    private int LastAtOrBelow(ulong address)
    {
        var (low, high) = (0, _entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Span.Start <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
