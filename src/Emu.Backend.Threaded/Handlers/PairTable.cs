using Emu.Backend.Threaded.MicroOps;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Handlers of pairs: a dense matrix over the keys that occur as first and as second op.</summary>
internal sealed class PairTable
{
    private const int None = 0xFF;
    private readonly byte[] _firsts = new byte[OpKey.Count];
    private readonly byte[] _seconds = new byte[OpKey.Count];
    private readonly List<List<nint>> _handlers = [];
    private int _secondCount;

    public PairTable()
    {
        Array.Fill(_firsts, (byte)None);
        Array.Fill(_seconds, (byte)None);
    }

    /// <summary>The pairs that are added from now on have this first op.</summary>
    public void BeginFirst(OpKey first)
    {
        _firsts[first.Value] = checked((byte)_handlers.Count);
        _handlers.Add([]);
    }

    /// <summary>Adds the pair with this second op; each first op must bring the same seconds in the same order.</summary>
    public void Add(OpKey second, nint handler)
    {
        var row = _handlers[^1];
        if (_seconds[second.Value] == None)
            _seconds[second.Value] = checked((byte)_secondCount++);
        if (_seconds[second.Value] != row.Count)
            throw new InvalidOperationException($"pair table: {second} is out of order");
        row.Add(handler);
    }

    /// <summary>Every pair with its handler.</summary>
    public IEnumerable<(OpKey First, OpKey Second, nint Handler)> All() =>
        from first in Enumerable.Range(0, OpKey.Count)
        where _firsts[first] != None
        from second in Enumerable.Range(0, OpKey.Count)
        where _seconds[second] != None
        select (new OpKey(first), new OpKey(second), _handlers[_firsts[first]][_seconds[second]]);

    public nint Find(OpKey first, OpKey second)
    {
        var (row, column) = (_firsts[first.Value], _seconds[second.Value]);
        return row == None || column == None ? 0 : _handlers[row][column];
    }
}
