namespace Emu.Ir.Passes;

/// <summary>
/// The walk from the first instruction to the last in which the rewriting passes share one table of definitions. Each pass
/// sees an instruction whose operands the earlier passes have already improved.
/// </summary>
internal sealed class ForwardSweep
{
    private readonly Definitions _definitions = new();

    public void Run(IrBlock block, PassSet enabled)
    {
        var definitions = _definitions;
        definitions.Start(block);
        for (var index = 0; index < block.Count; index++)
        {
            ref var insn = ref block.At(index);
            if (insn.Op == IrOp.InsnStart)
                continue;
            Rewrite(ref insn, definitions, enabled, index);
            if (insn.Op.Has(IrProperties.Calls))
                definitions.Clobber(index);
            definitions.Record(insn.Dst, index);
        }
    }

    private static void Rewrite(ref IrInsn insn, Definitions definitions, PassSet enabled, int index)
    {
        if ((enabled & PassSet.Copy) != 0)
            CopyPropagation.Visit(ref insn, definitions);
        if ((enabled & PassSet.Fold) != 0)
            ConstantFolding.Visit(ref insn, definitions.Block);
        if ((enabled & PassSet.Peephole) != 0)
            Peephole.Visit(ref insn, definitions, index);
        if ((enabled & PassSet.Address) != 0)
            AddressFusion.Visit(ref insn, definitions);
        if ((enabled & PassSet.Branch) != 0 && insn.Op is IrOp.Branch or IrOp.LeaveIf)
            BranchFusion.Visit(ref insn, definitions);
    }
}
