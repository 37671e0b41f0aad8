using Emu.Backend.Threaded.MicroOps;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Handlers of two ops and the exit behind them: a dense cube over the keys that occur at each place.</summary>
internal sealed class TripleTable
{
    /// <summary>Room for this many different second ops, and exits.</summary>
    private const int Columns = 32;

    private readonly KeyIndex _firsts = new();
    private readonly KeyIndex _seconds = new();
    private readonly KeyIndex _exits = new();
    private nint[] _handlers = [];

    /// <summary>Adds the handler of a triple.</summary>
    public void Add(OpKey first, OpKey second, OpKey exit, nint handler)
    {
        var (row, column, layer) = (_firsts.Add(first), _seconds.Add(second), _exits.Add(exit));
        if (column >= Columns || layer >= Columns)
            throw new InvalidOperationException($"the triple table has no place left for {second}, {exit}");
        var place = (row * Columns + column) * Columns + layer;
        if (place >= _handlers.Length)
            Array.Resize(ref _handlers, (row + 4) * Columns * Columns);
        _handlers[place] = handler;
    }

    /// <summary>The handler of a triple, or 0.</summary>
    public nint Find(OpKey first, OpKey second, OpKey exit)
    {
        var (row, column, layer) = (_firsts.Find(first), _seconds.Find(second), _exits.Find(exit));
        return (row | column | layer) < 0 ? 0 : _handlers[(row * Columns + column) * Columns + layer];
    }

    /// <summary>Every triple with its handler.</summary>
    public IEnumerable<(OpKey First, OpKey Second, OpKey Exit, nint Handler)> All()
    {
        for (var place = 0; place < _handlers.Length; place++)
            if (_handlers[place] is var handler && handler != 0)
                yield return (_firsts[place / Columns / Columns], _seconds[place / Columns % Columns], _exits[place % Columns], handler);
    }
}
