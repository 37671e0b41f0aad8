using System.Runtime.InteropServices;

namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>counters</c>: additions to one scoreboard entry with no barrier between them become one, at the place of the last. The count is exact
/// wherever it can be looked at: before a fault, a callback, and the block's end. With pass <c>advance</c> points at which the block may only be left, a trace's ways out among them, are no barriers any
/// more, and the sum is added at the place of the first: what was not due yet there is noted beside the block (<see cref="EarlySum"/>).
/// </summary>
internal sealed class CounterMerging
{
    private const int Unknown = -1;

    /// <summary>Additions behind the instruction at which the backward sweep stands, before the next barrier.</summary>
    private readonly List<Sum> _pending = [];

    /// <summary>Additions that are to be moved to the place of the first.</summary>
    private readonly List<Sum> _finished = [];

    private bool _mayAdvance;
    private bool _hasWaysOut;

    /// <summary>Points that the sweep has passed at which the block may be left: in the block, and in the instruction at hand.</summary>
    private int _leaves;
    private int _leavesInInstruction;

    public void Start(IrBlock block, bool mayAdvance)
    {
        _pending.Clear();
        _finished.Clear();
        _mayAdvance = mayAdvance && (!block.IsTrace || block.HasEachOnce);
        _hasWaysOut = block.HasEachOnce;
        _leaves = _leavesInInstruction = 0;
    }

    /// <summary>
    /// True if the instruction at <paramref name="index"/> is an addition that was merged into a later one. If it stays, it will stand at
    /// <paramref name="place"/>.
    /// </summary>
    public bool TryMerge(IrBlock block, int index, int place)
    {
        ref readonly var insn = ref block.At(index);
        if (insn.Op != IrOp.ScoreboardAdd || MayBeSkipped(block, index))
        {
            Pass(insn);
            return false;
        }

        var hook = block.Hooks[(int)insn.Imm];
        var position = _mayAdvance ? PositionOf(block, index) : Unknown;
        for (var i = 0; i < _pending.Count; i++)
        {
            ref var sum = ref CollectionsMarshal.AsSpan(_pending)[i];
            var later = block.Hooks[(int)block.At(sum.Place).Imm];
            if (later.Entry != hook.Entry || later.Stride != hook.Stride)
                continue;
            if (!TryAdvance(block, later, position, ref sum))
            {
                Finish(sum);
                _pending.RemoveAt(i);
                break;
            }

            later.Immediate += hook.Immediate;
            block.At(sum.Place).Imm = block.AddHook(later);
            sum.First = place + 1;
            return true;
        }

        _pending.Add(new Sum { Place = place, First = place, Position = position, Leaves = _leaves });
        return false;
    }

    /// <summary>Moves the additions that the sweep has merged to where the first of each stood.</summary>
    public void End(IrBlock block)
    {
        FinishAll();
        for (var i = 0; i < _finished.Count; i++)
        {
            var (first, place) = (_finished[i].First, _finished[i].Place);
            block.Move(place, first);
            // What stood between them stands one further now.
            foreach (ref var other in CollectionsMarshal.AsSpan(_finished)[(i + 1)..])
            {
                other.Place += other.Place >= first && other.Place < place ? 1 : 0;
                other.First += other.First > first && other.First <= place ? 1 : 0;
            }
        }
    }

    /// <summary>Goes before an instruction that is no addition.</summary>
    private void Pass(in IrInsn insn)
    {
        var properties = IrOps.PropertiesOf(insn.Op);
        if (insn.Op == IrOp.InsnStart)
        {
            _leavesInInstruction = 0;
        }
        else if (_mayAdvance && (Barrier.MayLeave(insn, properties) || (_hasWaysOut && Barrier.IsWayOut(insn.Op))))
        {
            _leaves++;
            _leavesInInstruction++;
        }
        else if (insn.Op == IrOp.ScoreboardAdd || Barrier.Is(insn, properties))
        {
            FinishAll();
            _leavesInInstruction += insn.Op == IrOp.Trap ? 1 : 0;
        }
    }

    private void FinishAll()
    {
        foreach (ref readonly var sum in CollectionsMarshal.AsSpan(_pending))
            Finish(sum);
        _pending.Clear();
    }

    private void Finish(in Sum sum)
    {
        if (_mayAdvance && sum.First < sum.Place)
            _finished.Add(sum);
    }

    /// <summary>Notes what a later addition adds too early when it is made at the place of an earlier one; false if that place cannot be told.</summary>
    private bool TryAdvance(IrBlock block, in IrHook later, int position, ref Sum sum)
    {
        if (sum.Leaves != _leaves)
        {
            if (position == Unknown || sum.Position == Unknown)
                return false;
            block.AddEarly(new EarlySum { Entry = later.Entry, Stride = later.Stride, From = position, Until = sum.Position, Amount = later.Immediate });
        }

        (sum.Position, sum.Leaves) = (position, _leaves);
        return true;
    }

    /// <summary>
    /// The place of an addition, as <see cref="EarlySum"/> counts; unknown between two points of one instruction at which the block may be left, as they have one address.
    /// </summary>
    private int PositionOf(IrBlock block, int index)
    {
        var isBehind = false;
        for (index--; index >= 0 && block.At(index).Op != IrOp.InsnStart; index--)
            isBehind |= Barrier.MayLeave(block.At(index), IrOps.PropertiesOf(block.At(index).Op));
        if (index < 0 || (isBehind && _leavesInInstruction > 0))
            return Unknown;
        var offset = (int)block.OffsetOf((ulong)block.At(index).Imm);
        return 2 * offset + (isBehind ? 2 : 0);
    }

    /// <summary>True if a skip stands before the instruction, with nothing but what it may skip between them.</summary>
    private static bool MayBeSkipped(IrBlock block, int index)
    {
        do
            index--;
        while (index >= 0 && OrderRules.MayBeSkipped(block.At(index).Op));
        return index >= 0 && block.At(index).Op == IrOp.SkipUnlessZero;
    }

    /// <summary>An addition that takes in earlier ones.</summary>
    private struct Sum
    {
        /// <summary>Where it stands.</summary>
        public int Place;

        /// <summary>Where the earliest addition that it has taken in would stand.</summary>
        public int First;

        /// <summary>The place of that one as <see cref="EarlySum"/> counts.</summary>
        public int Position;

        /// <summary>Points of leaving behind it.</summary>
        public int Leaves;
    }
}
