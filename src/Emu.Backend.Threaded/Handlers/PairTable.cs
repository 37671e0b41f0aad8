using System.Runtime.InteropServices;
using Emu.Backend.Threaded.MicroOps;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>
/// Handlers of pairs: a dense matrix over the keys that occur as first and as second op. A row is filled when a pair that begins so is first looked for:
/// a program's code needs few of them.
/// </summary>
internal sealed unsafe class PairTable
{
    /// <summary>Room for this many different first ops.</summary>
    private const int Rows = 128;

    /// <summary>Room for this many different second ops.</summary>
    private const int Columns = 256;

    private readonly KeyIndex _firsts = new();
    private readonly KeyIndex _seconds = new();
    private readonly nint[] _fillers = new nint[Rows];
    private readonly nint* _handlers = (nint*)NativeMemory.AllocZeroed(Rows * Columns, (nuint)sizeof(nint));

    /// <summary>Names a first op, and what adds its pairs when they are wanted.</summary>
    public void Declare(OpKey first, delegate*<PairTable, void> filler)
    {
        var row = _firsts.Add(first);
        if (row >= Rows)
            throw new InvalidOperationException($"the pair table has no row left for {first}");
        _fillers[row] = (nint)filler;
    }

    /// <summary>Adds the handler of a pair whose first op was declared.</summary>
    public void Add(OpKey first, OpKey second, nint handler)
    {
        var (row, column) = (_firsts.Find(first), _seconds.Add(second));
        if (row < 0 || column >= Columns)
            throw new InvalidOperationException($"the pair table has no place left for {first}, {second}");
        _handlers[row * Columns + column] = handler;
    }

    /// <summary>The handler of a pair, or 0.</summary>
    public nint Find(OpKey first, OpKey second)
    {
        var row = _firsts.Find(first);
        if (row < 0)
            return 0;
        if (Volatile.Read(ref _fillers[row]) != 0)
            Fill(row);
        var column = _seconds.Find(second);
        return column < 0 ? 0 : At(row, column);
    }

    /// <summary>True if one of the pairs that were ever looked for has this handler; but for those that begin with <paramref name="except"/>.</summary>
    public bool Contains(nint handler, OpKey except)
    {
        for (var row = 0; row < _firsts.Count; row++)
            if (_firsts[row] != except && new ReadOnlySpan<nint>(_handlers + row * Columns, Columns).Contains(handler))
                return true;
        return false;
    }

    /// <summary>Every pair with its handler.</summary>
    public IEnumerable<(OpKey First, OpKey Second, nint Handler)> All()
    {
        for (var row = 0; row < _firsts.Count; row++)
            if (_fillers[row] != 0)
                Fill(row);
        for (var row = 0; row < _firsts.Count; row++)
            for (var column = 0; column < _seconds.Count; column++)
                if (At(row, column) is var handler && handler != 0)
                    yield return (_firsts[row], _seconds[column], handler);
    }

    /// <summary>The machines of a process share the table and translate at the same time: the row is told to be filled when all of it is there.</summary>
    private void Fill(int row)
    {
        lock (_fillers)
        {
            var filler = (delegate*<PairTable, void>)_fillers[row];
            if (filler is null)
                return;
            filler(this);
            Volatile.Write(ref _fillers[row], 0);
        }
    }

    private nint At(int row, int column) => _handlers[row * Columns + column];
}
