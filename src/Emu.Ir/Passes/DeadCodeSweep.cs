namespace Emu.Ir.Passes;

/// <summary>
/// The walk from the last instruction to the first that removes what nobody reads. Survivors are packed towards the end
/// of the arena and moved to its front at the end, if anything was removed at all.
/// </summary>
internal sealed class DeadCodeSweep
{
    private readonly DeadTemps _temps = new();
    private readonly DeadGlobals _globals = new();
    private readonly CounterMerging _counters = new();

    public void Run(IrBlock block, PassSet enabled)
    {
        _temps.Start(block.TempCount);
        _globals.Start();
        _counters.Start(block, mayAdvance: (enabled & PassSet.Advance) != 0);
        var kept = block.Count;
        for (var index = block.Count - 1; index >= 0; index--)
        {
            ref var insn = ref block.At(index);
            if ((enabled & PassSet.Counters) != 0 && _counters.TryMerge(block, index, kept - 1))
                continue;
            if (insn.Op != IrOp.InsnStart && IsDead(insn, block, index, enabled))
                continue;
            kept--;
            if (kept != index)
                block.At(kept) = insn;
        }

        _counters.End(block);
        if (kept != 0)
            block.DropFront(kept);
    }

    private bool IsDead(in IrInsn insn, IrBlock block, int index, PassSet enabled)
    {
        var properties = IrOps.PropertiesOf(insn.Op);
        var isRemovable = (properties & (IrProperties.Pure | IrProperties.Flags)) == IrProperties.Pure;
        if (isRemovable && insn.Dst.IsGlobal && (enabled & PassSet.DeadGlobals) != 0 && _globals.IsDead(insn.Dst))
            return true;
        if (isRemovable && !insn.Dst.IsGlobal && (enabled & PassSet.DeadTemps) != 0 && _temps.IsDead(insn.Dst))
            return true;
        if (insn.Op == IrOp.Mov && (enabled & PassSet.DeadTemps) != 0 && _temps.TryMergeCopy(block, index))
            return true;
        _globals.Visit(insn, properties);
        _temps.Visit(insn);
        return false;
    }
}
