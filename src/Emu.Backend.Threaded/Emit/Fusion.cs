using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Emit;

/// <summary>
/// Gives ops in a row one handler where the table has it, so that the block takes the fewest handlers. Only the first op's handler pointer changes:
/// the others stay complete, for the slow path of the first.
/// </summary>
internal sealed unsafe class Fusion<TMemory>(HandlerTable<TMemory> table)
    where TMemory : struct, IMemoryPath
{
    private readonly List<OpKey?> _keys = [];
    private Choice[] _choices = new Choice[256];
    private Op* _start;

    public void Begin(Op* start)
    {
        _start = start;
        _keys.Clear();
    }

    /// <summary>Notes the key of the op just appended; null if it is no micro-op.</summary>
    public void Note(OpKey? key) => _keys.Add(key);

    /// <summary>The op appended last was taken back.</summary>
    public void Forget() => _keys.RemoveAt(_keys.Count - 1);

    /// <summary>Chooses from the block's end to its start, then writes the handlers.</summary>
    public void Run()
    {
        var count = _keys.Count;
        if (_choices.Length < count + 3)
            Array.Resize(ref _choices, count * 2 + 3);
        _choices.AsSpan(count, 3).Clear();
        for (var i = count - 1; i >= 0; i--)
            _choices[i] = Choose(i);
        for (var i = 0; i < count; i += _choices[i].Length)
            if (_choices[i].Handler != 0)
                _start[i].Run = (delegate*<VCpuState*, Op*, nint>)_choices[i].Handler;
    }

    private Choice Choose(int i)
    {
        var best = new Choice(0, 1, _choices[i + 1].Cost + 1);
        if (i + 1 >= _keys.Count || _keys[i] is not { } first || _keys[i + 1] is not { } second)
            return best;
        if (_choices[i + 2].Cost + 1 < best.Cost && FindPair(i, first, second) is var pair && pair != 0)
            best = new Choice(pair, 2, _choices[i + 2].Cost + 1);
        if (i + 2 < _keys.Count && _keys[i + 2] is { } third && _choices[i + 3].Cost + 1 < best.Cost && FindTriple(i, first, second, third) is var triple && triple != 0)
            best = new Choice(triple, 3, _choices[i + 3].Cost + 1);
        return best;
    }

    /// <summary>Prefers the pair in which the second op takes the first one's result from the host register.</summary>
    private nint FindPair(int i, OpKey first, OpKey second)
    {
        var fromFirst = OnPrevious(second, i + 1);
        return table.Pair(first, fromFirst) is var handler && handler != 0 ? handler : table.Pair(first, second);
    }

    private nint FindTriple(int i, OpKey first, OpKey second, OpKey exit)
    {
        var (secondFromFirst, exitFromSecond) = (OnPrevious(second, i + 1), OnPrevious(exit, i + 2));
        return table.Triple(first, secondFromFirst, exitFromSecond) is var both && both != 0 ? both
            : table.Triple(first, second, exitFromSecond) is var late && late != 0 ? late
            : table.Triple(first, secondFromFirst, exit) is var early && early != 0 ? early
            : table.Triple(first, second, exit);
    }

    /// <summary>The key in which an operand that the op before computes is taken from there.</summary>
    private OpKey OnPrevious(OpKey key, int i)
    {
        var result = _start[i - 1].D;
        if (key.A == SourceKind.Register && _start[i].A == result)
            return key.With(SourceKind.Previous, key.B);
        return key.B == SourceKind.Register && _start[i].B == result ? key.With(key.A, SourceKind.Previous) : key;
    }

    /// <summary>The best handler to begin with at an op: how many ops it does, and how many handlers the rest of the block then takes.</summary>
    private readonly record struct Choice(nint Handler, int Length, int Cost);
}
