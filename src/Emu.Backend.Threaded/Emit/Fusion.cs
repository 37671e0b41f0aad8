using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

/// <summary>
/// Gives ops in a row one handler where the table has it, so that the block takes the fewest handlers and tests, and lets ops take the result of the op before them
/// from the host register instead of the state block. Only the first op's handler pointer changes: the others stay complete, for the slow path of the first.
/// </summary>
internal sealed unsafe class Fusion<TMemory>(HandlerTable<TMemory> table)
    where TMemory : struct, IMemoryPath
{
    /// <summary>No state offset.</summary>
    private const int Nowhere = -1;

    /// <summary>A handler reaches so many ops ahead.</summary>
    private const int Slack = RunTable.MaxLength;

    private readonly List<Noted> _ops = [];
    private Choice[] _choices = new Choice[256];
    private int[] _previous = new int[256];
    private Op* _start;

    public void Begin(Op* start)
    {
        _start = start;
        _ops.Clear();
    }

    /// <summary>Notes the op just appended; the key is null if it is no micro-op.</summary>
    public void Note(OpKey? key, Passing passing) => _ops.Add(new Noted(key, passing));

    /// <summary>The op appended last was taken back.</summary>
    public void Forget() => _ops.RemoveAt(_ops.Count - 1);

    /// <summary>The op appended next can be reached from elsewhere too: it is handed nothing.</summary>
    public void Join() => _ops[^1] = _ops[^1] with { Passing = Passing.Nothing };

    /// <summary>Chooses from the block's end to its start, then writes the handlers.</summary>
    public void Run()
    {
        var count = _ops.Count;
        if (_choices.Length < count + Slack)
        {
            Array.Resize(ref _choices, count * 2 + Slack);
            Array.Resize(ref _previous, count * 2 + Slack);
        }

        FollowResults();
        _choices.AsSpan(count, Slack).Clear();
        for (var i = count - 1; i >= 0; i--)
            _choices[i] = Choose(i);
        for (var i = 0; i < count; i += _choices[i].Length)
            if (_choices[i].Handler != 0)
                _start[i].Run = (Handler)_choices[i].Handler;
    }

    /// <summary>Finds for each op where the value is kept that it is handed by the op before it.</summary>
    private void FollowResults()
    {
        var place = Nowhere;
        for (var i = 0; i < _ops.Count; i++)
        {
            _previous[i] = place;
            place = _ops[i].Passing switch
            {
                Passing.Result => _start[i].D,
                Passing.Same => place,
                _ => Nowhere,
            };
        }
    }

    /// <summary>Weighs handlers and tests of accesses, which take about the same time; the work itself is the same in every choice.</summary>
    private Choice Choose(int i)
    {
        if (_ops[i].Key is not { } first)
            return new Choice(0, 1, _choices[i + 1].Cost + 1);
        var checks = Checks(first);
        var best = new Choice(FindSingle(i, first), 1, _choices[i + 1].Cost + 1 + checks);
        if (i + 1 >= _ops.Count || _ops[i + 1].Key is not { } second)
            return best;
        if (checks != 0)
            best = ChooseRun(i, first, best);
        checks += Checks(second);
        if (_choices[i + 2].Cost + 1 + checks < best.Cost && FindPair(i, first, second) is var pair && pair != 0)
            best = new Choice(pair, 2, _choices[i + 2].Cost + 1 + checks);
        return best;
    }

    private static int Checks(OpKey key) => key.Op is IrOp.Load or IrOp.Store ? 1 : 0;

    private Choice ChooseRun(int i, OpKey access, Choice best)
    {
        var fromPrevious = OnPrevious(access, i);
        for (var length = RunLength(i, access); length >= 2; length--)
        {
            var cost = _choices[i + length].Cost + 2;
            if (cost >= best.Cost)
                continue;
            var handler = table.Run(fromPrevious, length);
            if (handler == 0)
                handler = table.Run(access, length);
            if (handler != 0)
                best = new Choice(handler, length, cost);
        }

        return best;
    }

    /// <summary>
    /// How many accesses from here on are like the first, with the same base, which none but the last overwrites, and displacements that go one way by
    /// multiples of the width. Steps are shorter than a page: longer ones could add up to a whole turn of the address space, and the last access would lie
    /// beside the first with others elsewhere.
    /// </summary>
    private int RunLength(int i, OpKey access)
    {
        var width = 1UL << (access.Variant & 3);
        var length = 1;
        while (length < RunTable.MaxLength && i + length < _ops.Count && _ops[i + length].Key == access)
        {
            var last = _start + i + length - 1;
            var step = last[1].Imm - last->Imm;
            var first = _start[i + 1].Imm - _start[i].Imm;
            if (last[1].A != last->A || (access.Op == IrOp.Load && last->D == last->A) || step % width != 0 || (long)step < 0 != (long)first < 0
                || (long)step is <= -GuestMemory.PageSize or >= GuestMemory.PageSize)
                break;
            length++;
        }

        return length;
    }

    private nint FindSingle(int i, OpKey key) => table.Single(OnPrevious(key, i));

    /// <summary>Prefers the pair in which both ops take what they can from the host register.</summary>
    private nint FindPair(int i, OpKey first, OpKey second)
    {
        var (firstOnPrevious, secondOnPrevious) = (OnPrevious(first, i), OnPrevious(second, i + 1));
        return table.Pair(firstOnPrevious, secondOnPrevious) is var both && both != 0 ? both
            : table.Pair(first, secondOnPrevious) is var late && late != 0 ? late
            : table.Pair(firstOnPrevious, second) is var early && early != 0 ? early
            : table.Pair(first, second);
    }

    /// <summary>The key in which an operand that the op is handed is taken from there; the first one if operands can be exchanged.</summary>
    private OpKey OnPrevious(OpKey key, int i)
    {
        var place = _previous[i];
        if (place == Nowhere || key.Op == IrOp.PluginExec)
            return key;
        if (key.A == SourceKind.Register && _start[i].A == place)
            return key.With(SourceKind.Previous, key.B);
        if (key.B != SourceKind.Register || _start[i].B != place)
            return key;
        if (key.A != SourceKind.Register || !key.Op.Has(IrProperties.Commutative))
            return key.With(key.A, SourceKind.Previous);
        (_start[i].A, _start[i].B) = (_start[i].B, _start[i].A);
        return key.With(SourceKind.Previous, SourceKind.Register);
    }

    private readonly record struct Noted(OpKey? Key, Passing Passing);

    /// <summary>The best handler to begin with at an op: how many ops it does, and what the rest of the block then costs.</summary>
    private readonly record struct Choice(nint Handler, int Length, int Cost);
}
