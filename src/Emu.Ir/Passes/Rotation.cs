namespace Emu.Ir.Passes;

/// <summary>
/// The part of pass <c>peephole</c> that knows two shifts of one value in opposite directions whose amounts make up the width, put together: a rotation, for which RV64I has
/// no instruction.
/// </summary>
internal static class Rotation
{
    public static void Visit(ref IrInsn union, Definitions definitions, int index)
    {
        var (first, second) = (definitions.Of(union.A), definitions.Of(union.B));
        if (first < 0 || second < 0)
            return;
        var block = definitions.Block;
        var (left, right) = block.At(first).Op is IrOp.Shl or IrOp.Shl32 ? (first, second) : (second, first);
        ref var shiftLeft = ref block.At(left);
        ref var shiftRight = ref block.At(right);
        int width;
        if (shiftLeft.Op == IrOp.Shl32 && shiftRight.Op == IrOp.Shr32)
            width = 32;
        else if (shiftLeft.Op == IrOp.Shl && shiftRight.Op == IrOp.Shr)
            width = 64;
        else
            return;
        if (shiftLeft.A != shiftRight.A || !shiftLeft.B.IsConstant || !shiftRight.B.IsConstant)
            return;
        var (source, amount) = (shiftLeft.A, (int)block.ConstantOf(shiftRight.B) & (width - 1));
        if (amount == 0 || ((int)block.ConstantOf(shiftLeft.B) & (width - 1)) + amount != width)
            return;
        var (earlier, later) = (Math.Min(left, right), Math.Max(left, right));
        if (!definitions.IsUnchangedSince(source, earlier))
        {
            // slliw a5,a0,3; srliw a0,a0,29; or a0,a0,a5: nobody can see a0 before the last, so the second shift need not be.
            if (block.At(later).Dst != source || union.Dst != source || !block.IsNext(earlier, later) || !block.IsNext(later, index))
                return;
            block.At(later).BecomeNothing(block.At(later).B);
        }

        union.BecomeBinary(width == 32 ? IrOp.RotateRight32 : IrOp.RotateRight, source, block.AddConstant((ulong)amount));
    }
}
