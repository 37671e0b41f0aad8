using System.Runtime.InteropServices;
using Emu.Backend.Threaded.MicroOps;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>Handlers of accesses in a row that are alike, by their key and number.</summary>
internal sealed unsafe class RunTable
{
    /// <summary>The longest run that has a handler.</summary>
    public const int MaxLength = 4;

    /// <summary>Room for this many different accesses.</summary>
    private const int Rows = 32;

    private readonly KeyIndex _accesses = new();
    private readonly nint* _handlers = (nint*)NativeMemory.AllocZeroed(Rows * (MaxLength + 1), (nuint)sizeof(nint));

    /// <summary>Adds the handler of a run.</summary>
    public void Add(OpKey access, int length, nint handler)
    {
        var row = _accesses.Add(access);
        if (row >= Rows)
            throw new InvalidOperationException($"the table of runs has no place left for {access}");
        _handlers[row * (MaxLength + 1) + length] = handler;
    }

    /// <summary>The handler of a run of 2 to <see cref="MaxLength"/>, or 0.</summary>
    public nint Find(OpKey access, int length)
    {
        var row = _accesses.Find(access);
        return row < 0 ? 0 : _handlers[row * (MaxLength + 1) + length];
    }

    /// <summary>Every run with its handler.</summary>
    public IEnumerable<(OpKey Access, int Length, nint Handler)> All()
    {
        for (var row = 0; row < _accesses.Count; row++)
            for (var length = 2; length <= MaxLength; length++)
                yield return (_accesses[row], length, Find(_accesses[row], length));
    }
}
