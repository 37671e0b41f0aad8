using System.Runtime.InteropServices;
using Emu.Backend.Threaded.MicroOps;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Handlers of two ops and the exit behind them: a dense cube over the keys that occur at each place, filled as a <see cref="PairTable"/> is.</summary>
internal sealed unsafe class TripleTable
{
    /// <summary>Room for this many different first ops, second ops, and exits.</summary>
    private const int Columns = 32;

    private const int Places = Columns * Columns * Columns;

    private readonly KeyIndex _firsts = new();
    private readonly KeyIndex _seconds = new();
    private readonly KeyIndex _exits = new();
    private readonly nint[] _fillers = new nint[Columns];
    private readonly nint* _handlers = (nint*)NativeMemory.AllocZeroed(Places, (nuint)sizeof(nint));

    /// <summary>Names a first op, and what adds its triples when they are wanted.</summary>
    public void Declare(OpKey first, delegate*<TripleTable, void> filler)
    {
        var row = _firsts.Add(first);
        if (row >= Columns)
            throw new InvalidOperationException($"the triple table has no place left for {first}");
        _fillers[row] = (nint)filler;
    }

    /// <summary>Adds the handler of a triple whose first op was declared.</summary>
    public void Add(OpKey first, OpKey second, OpKey exit, nint handler)
    {
        var (row, column, layer) = (_firsts.Find(first), _seconds.Add(second), _exits.Add(exit));
        if (row < 0 || column >= Columns || layer >= Columns)
            throw new InvalidOperationException($"the triple table has no place left for {first}, {second}, {exit}");
        _handlers[(row * Columns + column) * Columns + layer] = handler;
    }

    /// <summary>The handler of a triple, or 0.</summary>
    public nint Find(OpKey first, OpKey second, OpKey exit)
    {
        var row = _firsts.Find(first);
        if (row < 0)
            return 0;
        if (Volatile.Read(ref _fillers[row]) != 0)
            Fill(row);
        var (column, layer) = (_seconds.Find(second), _exits.Find(exit));
        return (column | layer) < 0 ? 0 : _handlers[(row * Columns + column) * Columns + layer];
    }

    /// <summary>Every triple with its handler.</summary>
    public IEnumerable<(OpKey First, OpKey Second, OpKey Exit, nint Handler)> All()
    {
        for (var row = 0; row < _firsts.Count; row++)
            if (_fillers[row] != 0)
                Fill(row);
        for (var place = 0; place < Places; place++)
            if (At(place) is var handler && handler != 0)
                yield return (_firsts[place / Columns / Columns], _seconds[place / Columns % Columns], _exits[place % Columns], handler);
    }

    /// <summary>The machines of a process share the table and translate at the same time: the row is told to be filled when all of it is there.</summary>
    private void Fill(int row)
    {
        lock (_fillers)
        {
            var filler = (delegate*<TripleTable, void>)_fillers[row];
            if (filler is null)
                return;
            filler(this);
            Volatile.Write(ref _fillers[row], 0);
        }
    }

    private nint At(int place) => _handlers[place];
}
