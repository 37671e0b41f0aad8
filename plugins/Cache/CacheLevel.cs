namespace StandardPlugins;

/// <summary>Lines in sets; it knows which lines it holds and what <see cref="LineState"/> they are in, not what is in them. One thread at a time changes it; any may ask <see cref="IsAtHand"/>.</summary>
internal sealed class CacheLevel
{
    private const int StateBits = 2;
    private const ulong StateMask = (1 << StateBits) - 1;

    /// <summary>Of a place that holds nothing: no line has this number, as the last bytes of the address space are never a program's.</summary>
    private const ulong Nothing = ulong.MaxValue << StateBits;

    /// <summary>For each place the number of its line, and in the lowest bits the state.</summary>
    private readonly ulong[] _lines;
    private readonly ulong[] _trees;
    private readonly int _ways;
    private readonly int _lineShift;
    private readonly ulong _setMask;
    private readonly Eviction _eviction;
    private ulong _random = 1;

    public CacheLevel(CacheGeometry geometry, Eviction eviction)
    {
        _ways = (int)geometry.Ways;
        _lineShift = geometry.LineShift;
        _setMask = (ulong)geometry.Sets - 1;
        _eviction = eviction;
        _lines = new ulong[geometry.Sets * _ways];
        _trees = eviction == Eviction.Plru ? new ulong[geometry.Sets] : [];
        Array.Fill(_lines, Nothing);
    }

    /// <summary>Bytes of a line.</summary>
    public ulong LineSize => 1UL << _lineShift;

    /// <summary>
    /// Whether using the line changes nothing, so that nobody needs to wait: it is held, was the last of its set that was used or that came, and is in that state, as far as it matters.
    /// Asked without a lock. With tree pseudo-LRU never.
    /// </summary>
    public bool IsAtHand(ulong address, LineState matters = LineState.Prefetched, LineState state = LineState.Clean)
    {
        var line = address >> _lineShift;
        var held = _lines[(int)(line & _setMask) * _ways];
        return (held & (ulong.MaxValue << StateBits | (ulong)matters)) == (line << StateBits | (ulong)state) && _trees.Length == 0;
    }

    /// <summary>Uses the line of an address.</summary>
    /// <returns>The place of the line, good until the next change; -1 if it is not held.</returns>
    public int Use(ulong address)
    {
        var (set, way) = Find(address);
        return way < 0 ? -1 : set * _ways + Touch(set, way);
    }

    /// <summary>Whether the line of an address is held, without using it.</summary>
    public bool Holds(ulong address) => Find(address).Way >= 0;

    /// <summary>The state of the line at a place.</summary>
    public LineState StateOf(int place) => (LineState)(_lines[place] & StateMask);

    /// <summary>Changes the state of the line at a place.</summary>
    public void SetState(int place, LineState state) => _lines[place] = _lines[place] & ~StateMask | (ulong)state;

    /// <summary>Takes a line in, which is not held.</summary>
    /// <param name="address">An address in it.</param>
    /// <param name="state">Its state.</param>
    /// <param name="evicted">The first address of the line that made room.</param>
    /// <param name="evictedState">The state that it was in.</param>
    /// <returns>False if there was room.</returns>
    public bool Fill(ulong address, LineState state, out ulong evicted, out LineState evictedState)
    {
        var line = address >> _lineShift;
        var set = (int)(line & _setMask);
        var lines = _lines.AsSpan(set * _ways, _ways);
        var way = lines.IndexOf(Nothing);
        var hasRoom = way >= 0;
        if (!hasRoom)
            way = Victim(set);
        (evicted, evictedState) = (lines[way] >> StateBits << _lineShift, (LineState)(lines[way] & StateMask));
        lines[way] = line << StateBits | (ulong)state;
        // Of those that go as they came, the last is in front.
        if (_eviction == Eviction.Fifo)
            MoveToFront(lines, way);
        else
            Touch(set, way);
        return !hasRoom;
    }

    /// <summary>Gives a line up, if it is held.</summary>
    public bool TryRemove(ulong address, out LineState state)
    {
        var (set, way) = Find(address);
        state = way < 0 ? LineState.Clean : StateOf(set * _ways + way);
        if (way >= 0)
            _lines[set * _ways + way] = Nothing;
        return way >= 0;
    }

    private (int Set, int Way) Find(ulong address)
    {
        var line = address >> _lineShift;
        var set = (int)(line & _setMask);
        var lines = _lines.AsSpan(set * _ways, _ways);
        for (var way = 0; way < lines.Length; way++)
            if (lines[way] >> StateBits == line)
                return (set, way);
        return (set, -1);
    }

    /// <summary>Notes that a line was used; returns where it then stands in its set.</summary>
    private int Touch(int set, int way)
    {
        if (_eviction == Eviction.Lru)
        {
            MoveToFront(_lines.AsSpan(set * _ways, _ways), way);
            return 0;
        }

        if (_eviction == Eviction.Plru)
            _trees[set] = PlruTree.Touch(_trees[set], _ways, way);
        return way;
    }

    private int Victim(int set) => _eviction switch
    {
        Eviction.Rand => NextRandom(_ways),
        Eviction.Plru => PlruTree.Victim(_trees[set], _ways),
        _ => _ways - 1,
    };

    private static void MoveToFront(Span<ulong> set, int way)
    {
        var line = set[way];
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
