namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>address</c>: a load or store whose base was made by adding a constant takes the sum's base and the constant as
/// displacement, if that base still has the value of then; the addition stays for its other readers and dies without them.
/// Of a constant base, displacement included, the sum becomes the base.
/// </summary>
internal static class AddressFusion
{
    public static void Visit(ref IrInsn insn, Definitions definitions)
    {
        if (insn.Op is not (IrOp.Load or IrOp.Store))
            return;
        if (insn.A.IsConstant)
            MakeAbsolute(ref insn, definitions.Block);
        else
            TakeDisplacement(ref insn, definitions);
    }

    private static void MakeAbsolute(ref IrInsn insn, IrBlock block)
    {
        if (insn.Imm == 0)
            return;
        insn.A = block.AddConstant(block.ConstantOf(insn.A) + (ulong)insn.Imm);
        insn.Imm = 0;
    }

    private static void TakeDisplacement(ref IrInsn insn, Definitions definitions)
    {
        var index = definitions.Of(insn.A);
        if (index < 0)
            return;
        ref var sum = ref definitions.Block.At(index);
        if (sum.Op != IrOp.Add || !sum.B.IsConstant || !definitions.IsUnchangedSince(sum.A, index))
            return;
        var displacement = insn.Imm + (long)definitions.Block.ConstantOf(sum.B);
        // Machine code has displacements of 32 bits; a larger one would have to be added again.
        if (displacement != (int)displacement)
            return;
        insn.A = sum.A;
        insn.Imm = displacement;
    }
}
