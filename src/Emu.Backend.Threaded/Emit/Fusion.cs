using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.Emit;

/// <summary>
/// Gives two ops in a row one handler where the table has it. Only the first op's handler pointer changes: the second stays complete, for the
/// slow path of the first.
/// </summary>
internal sealed unsafe class Fusion<TMemory>
    where TMemory : struct, IMemoryPath
{
    private readonly List<OpKey?> _keys = [];
    private Op* _start;

    public void Begin(Op* start)
    {
        _start = start;
        _keys.Clear();
    }

    /// <summary>Notes the key of the op just appended; null if it is no micro-op.</summary>
    public void Note(OpKey? key) => _keys.Add(key);

    public void Run(HandlerTable<TMemory> table)
    {
        for (var i = 0; i + 1 < _keys.Count; i++)
        {
            if (_keys[i] is not { } first || _keys[i + 1] is not { } second)
                continue;
            var handler = FindPair(table, first, _start + i, second, _start + i + 1);
            if (handler == 0)
                continue;
            _start[i].Run = (delegate*<VCpuState*, Op*, nint>)handler;
            i++;
        }
    }

    /// <summary>Prefers the pair in which the second op takes the first one's result from the host register.</summary>
    private static nint FindPair(HandlerTable<TMemory> table, OpKey first, Op* firstOp, OpKey second, Op* secondOp)
    {
        if (second.A == SourceKind.Register && secondOp->A == firstOp->D
            && table.Pair(first, second.With(SourceKind.Previous, second.B)) is var onFirst && onFirst != 0)
            return onFirst;
        if (second.B == SourceKind.Register && secondOp->B == firstOp->D
            && table.Pair(first, second.With(second.A, SourceKind.Previous)) is var onSecond && onSecond != 0)
            return onSecond;
        return table.Pair(first, second);
    }
}
