namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>counters</c>: additions to one scoreboard entry with no barrier between them become one, at the place of the last. The count is exact
/// wherever it can be looked at: before a fault, a callback, and the block's end.
/// </summary>
internal sealed class CounterMerging
{
    /// <summary>Additions behind the instruction at which the backward sweep stands, before the next barrier.</summary>
    private readonly List<int> _pending = [];

    public void Start() => _pending.Clear();

    /// <summary>
    /// True if the instruction at <paramref name="index"/> is an addition that was merged into a later one. If it stays, it will stand at
    /// <paramref name="place"/>.
    /// </summary>
    public bool TryMerge(IrBlock block, int index, int place)
    {
        ref readonly var insn = ref block.At(index);
        if (insn.Op != IrOp.ScoreboardAdd || MayBeSkipped(block, index))
        {
            if (insn.Op == IrOp.ScoreboardAdd || Barrier.Is(insn, IrOps.PropertiesOf(insn.Op)))
                _pending.Clear();
            return false;
        }

        var hook = block.Hooks[(int)insn.Imm];
        foreach (var later in _pending)
        {
            var sum = block.Hooks[(int)block.At(later).Imm];
            if (sum.Entry != hook.Entry || sum.Stride != hook.Stride)
                continue;
            sum.Immediate += hook.Immediate;
            block.At(later).Imm = block.AddHook(sum);
            return true;
        }

        _pending.Add(place);
        return false;
    }

    /// <summary>True if a skip stands before the instruction, with nothing but what it may skip between them.</summary>
    private static bool MayBeSkipped(IrBlock block, int index)
    {
        do
            index--;
        while (index >= 0 && block.At(index).Op is IrOp.PluginMem or IrOp.ScoreboardAdd or IrOp.ScoreboardStore);
        return index >= 0 && block.At(index).Op == IrOp.SkipUnlessZero;
    }
}
