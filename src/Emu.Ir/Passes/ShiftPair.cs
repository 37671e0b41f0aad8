namespace Emu.Ir.Passes;

/// <summary>
/// The part of pass <c>peephole</c> that knows a shift left followed by a shift right of the same amount: it extends the low
/// bits, or masks them. RV64I has no other way to zero-extend a word.
/// </summary>
internal static class ShiftPair
{
    public static void Visit(ref IrInsn right, Definitions definitions, int index)
    {
        if (!right.B.IsConstant)
            return;
        var block = definitions.Block;
        var leftIndex = definitions.Of(right.A);
        if (leftIndex < 0)
            return;
        ref var left = ref block.At(leftIndex);
        var amount = (int)(block.ConstantOf(right.B) & 63);
        if (left.Op != IrOp.Shl || !left.B.IsConstant || (int)(block.ConstantOf(left.B) & 63) != amount
            || Replacement(right.Op, amount) is not { } op)
            return;
        if (definitions.IsUnchangedSince(left.A, leftIndex))
        {
            Replace(ref right, op, left.A, amount, block);
            if (op != IrOp.And)
                Extension.Visit(ref right, definitions);
        }
        else if (left.Dst == left.A && right.Dst == left.A && block.IsNext(leftIndex, index))
        {
            // slli a0,a0,32; srli a0,a0,32: nobody can see a0 in between, so the first shift need not be.
            left.BecomeNothing(left.B);
            Replace(ref right, op, right.A, amount, block);
        }
    }

    private static IrOp? Replacement(IrOp right, int amount) => (right, amount) switch
    {
        (IrOp.Shr, 56) => IrOp.ZeroExtend8,
        (IrOp.Shr, 48) => IrOp.ZeroExtend16,
        (IrOp.Shr, 32) => IrOp.ZeroExtend32,
        (IrOp.Shr, _) => IrOp.And,
        (_, 56) => IrOp.SignExtend8,
        (_, 48) => IrOp.SignExtend16,
        (_, 32) => IrOp.SignExtend32,
        _ => null,
    };

    private static void Replace(ref IrInsn right, IrOp op, IrValue source, int amount, IrBlock block)
    {
        if (op == IrOp.And)
            right.BecomeBinary(op, source, block.AddConstant(ulong.MaxValue >> amount));
        else
            right.BecomeUnary(op, source);
    }
}
