namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>fold</c>: a pure integer op on constants becomes the constant; an op with a neutral or absorbing operand
/// becomes a copy; a terminal whose way is known becomes a jump. Constants of commutative ops move to the second place,
/// where backends look for them, and a subtraction of a constant becomes an addition.
/// </summary>
internal static class ConstantFolding
{
    public static void Visit(ref IrInsn insn, IrBlock block)
    {
        var (a, b) = (insn.A, insn.B);
        if (!a.IsConstant && !b.IsConstant && a != b)
            return;
        var properties = IrOps.PropertiesOf(insn.Op);
        if ((properties & IrProperties.Terminal) != 0)
            FoldTerminal(ref insn, block);
        else if ((properties & IrProperties.Pure) != 0 && insn.Op != IrOp.Mov)
            FoldPure(ref insn, block, properties);
    }

    private static void FoldPure(ref IrInsn insn, IrBlock block, IrProperties properties)
    {
        if (insn.Op == IrOp.Select)
            FoldSelect(ref insn, block);
        else if (insn.A.IsConstant && (insn.B.IsConstant || insn.B.IsNone))
            FoldConstants(ref insn, block);
        else if (insn.B.IsConstant)
            FoldSecond(ref insn, block, block.ConstantOf(insn.B));
        else if (!insn.A.IsConstant)
            FoldEqual(ref insn, block);
        else if ((properties & IrProperties.Commutative) != 0)
        {
            (insn.A, insn.B) = (insn.B, insn.A);
            FoldSecond(ref insn, block, block.ConstantOf(insn.B));
        }
    }

    private static void FoldConstants(ref IrInsn insn, IrBlock block)
    {
        var b = insn.B.IsConstant ? block.ConstantOf(insn.B) : 0;
        if (IrEvaluator.TryEvaluate(insn.Op, block.ConstantOf(insn.A), b, 0, out var value))
            insn.BecomeMov(block.AddConstant(value));
    }

    private static void FoldSelect(ref IrInsn insn, IrBlock block)
    {
        if (insn.A.IsConstant)
            insn.BecomeMov(block.ConstantOf(insn.A) != 0 ? insn.B : insn.C);
    }

    /// <summary>The second operand alone is constant.</summary>
    private static void FoldSecond(ref IrInsn insn, IrBlock block, ulong b)
    {
        switch (insn.Op)
        {
            case IrOp.Sub when b != 0:
                insn.BecomeBinary(IrOp.Add, insn.A, block.AddConstant(0 - b));
                break;
            case IrOp.Add or IrOp.Sub or IrOp.Or or IrOp.Xor when b == 0:
            case IrOp.Shl or IrOp.Shr or IrOp.Sar when (b & 63) == 0:
            case IrOp.Mul or IrOp.DivSigned or IrOp.DivUnsigned when b == 1:
            case IrOp.And when b == ulong.MaxValue:
                insn.BecomeMov(insn.A);
                break;
            case IrOp.Add32 or IrOp.Sub32 when (uint)b == 0:
            case IrOp.Shl32 or IrOp.Shr32 or IrOp.Sar32 when (b & 31) == 0:
            case IrOp.Mul32 or IrOp.DivSigned32 or IrOp.DivUnsigned32 when (uint)b == 1:
                insn.BecomeUnary(IrOp.SignExtend32, insn.A);
                break;
            case IrOp.And or IrOp.Mul or IrOp.MulHighUnsigned or IrOp.SetLessUnsigned when b == 0:
            case IrOp.Mul32 when (uint)b == 0:
                insn.BecomeMov(block.AddConstant(0));
                break;
            case IrOp.Or when b == ulong.MaxValue:
                insn.BecomeMov(insn.B);
                break;
        }
    }

    /// <summary>Both operands name the same value, which is not a constant.</summary>
    private static void FoldEqual(ref IrInsn insn, IrBlock block)
    {
        switch (insn.Op)
        {
            case IrOp.Sub or IrOp.Xor or IrOp.Sub32 or IrOp.SetNotEqual or IrOp.SetLessSigned or IrOp.SetLessUnsigned:
                insn.BecomeMov(block.AddConstant(0));
                break;
            case IrOp.SetEqual:
                insn.BecomeMov(block.AddConstant(1));
                break;
            case IrOp.And or IrOp.Or:
                insn.BecomeMov(insn.A);
                break;
        }
    }

    private static void FoldTerminal(ref IrInsn insn, IrBlock block)
    {
        if (insn.Op == IrOp.JumpIndirect && insn.A.IsConstant)
            insn.BecomeJump(block.ConstantOf(insn.A));
        else if (insn.Op == IrOp.Branch && (insn.A == insn.B || (insn.A.IsConstant && insn.B.IsConstant)))
        {
            var (a, b) = insn.A == insn.B ? (0UL, 0UL) : (block.ConstantOf(insn.A), block.ConstantOf(insn.B));
            insn.BecomeJump(((IrCondition)insn.Flags).Holds(a, b) ? (ulong)insn.Imm : block.EndPc);
        }
    }
}
