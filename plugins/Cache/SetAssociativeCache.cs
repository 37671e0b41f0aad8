namespace StandardPlugins;

/// <summary>A cache of lines in sets; it knows which lines it holds, not what is in them. Used by several threads, by one at a time where anything changes.</summary>
internal sealed class SetAssociativeCache
{
    /// <summary>Of a line that holds nothing: no line has this number, as lines are longer than a byte or the last byte of the address space is never a program's.</summary>
    private const ulong Nothing = ulong.MaxValue;

    private readonly Lock _gate = new();
    private readonly ulong[] _lines;
    private readonly int _ways;
    private readonly int _lineShift;
    private readonly ulong _setMask;
    private readonly Eviction _eviction;
    private ulong _random = 1;

    public SetAssociativeCache(CacheGeometry geometry, Eviction eviction)
    {
        _ways = (int)geometry.Ways;
        _lineShift = geometry.LineShift;
        _setMask = (ulong)geometry.Sets - 1;
        _eviction = eviction;
        _lines = new ulong[geometry.Sets * _ways];
        Array.Fill(_lines, Nothing);
    }

    /// <summary>Uses the line of an address, which it holds afterwards.</summary>
    /// <returns>False if it did not hold it.</returns>
    public bool Access(ulong address)
    {
        var line = address >> _lineShift;
        var first = (int)(line & _setMask) * _ways;
        // A set has the line that was used, or came, last in its first place: there is nothing to change, so nobody to wait for.
        if (_lines[first] == line)
            return true;
        lock (_gate)
            return Access(_lines.AsSpan(first, _ways), line);
    }

    private bool Access(Span<ulong> set, ulong line)
    {
        var way = set.IndexOf(line);
        if (way >= 0)
        {
            if (_eviction == Eviction.Lru)
                MoveToFront(set, way, line);
            return true;
        }

        way = set.IndexOf(Nothing);
        if (way < 0)
            way = _eviction == Eviction.Rand ? NextRandom(set.Length) : set.Length - 1;
        if (_eviction == Eviction.Rand)
            set[way] = line;
        else
            MoveToFront(set, way, line);
        return false;
    }

    private static void MoveToFront(Span<ulong> set, int way, ulong line)
    {
        set[..way].CopyTo(set[1..]);
        set[0] = line;
    }

    // Xorshift: the same in each run.
    private int NextRandom(int below)
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return (int)(_random % (ulong)below);
    }
}
