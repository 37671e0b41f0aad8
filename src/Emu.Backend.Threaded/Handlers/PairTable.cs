using System.Runtime.InteropServices;
using Emu.Backend.Threaded.MicroOps;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Handlers of pairs: a dense matrix over the keys that occur as first and as second op.</summary>
internal sealed unsafe class PairTable
{
    /// <summary>Room for this many different first ops.</summary>
    private const int Rows = 128;

    /// <summary>Room for this many different second ops.</summary>
    private const int Columns = 256;

    private readonly KeyIndex _firsts = new();
    private readonly KeyIndex _seconds = new();
    private readonly nint* _handlers = (nint*)NativeMemory.AllocZeroed(Rows * Columns, (nuint)sizeof(nint));

    /// <summary>Adds the handler of a pair.</summary>
    public void Add(OpKey first, OpKey second, nint handler)
    {
        var (row, column) = (_firsts.Add(first), _seconds.Add(second));
        if (row >= Rows || column >= Columns)
            throw new InvalidOperationException($"the pair table has no place left for {first}, {second}");
        _handlers[row * Columns + column] = handler;
    }

    /// <summary>The handler of a pair, or 0.</summary>
    public nint Find(OpKey first, OpKey second)
    {
        var (row, column) = (_firsts.Find(first), _seconds.Find(second));
        return (row | column) < 0 ? 0 : At(row, column);
    }

    /// <summary>Every pair with its handler.</summary>
    public IEnumerable<(OpKey First, OpKey Second, nint Handler)> All()
    {
        for (var row = 0; row < _firsts.Count; row++)
            for (var column = 0; column < _seconds.Count; column++)
                if (At(row, column) is var handler && handler != 0)
                    yield return (_firsts[row], _seconds[column], handler);
    }

    private nint At(int row, int column) => _handlers[row * Columns + column];
}
