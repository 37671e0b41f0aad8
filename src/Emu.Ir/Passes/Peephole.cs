namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>peephole</c>: looks at an instruction together with the one that made its first operand. It takes away what a
/// 64-bit guest without zero-extending instructions must write out: shift pairs that extend, extensions of what is
/// extended already, boxing that is undone, chained additions of constants, rotations by two shifts.
/// </summary>
internal static class Peephole
{
    public static void Visit(ref IrInsn insn, Definitions definitions, int index)
    {
        switch (insn.Op)
        {
            case IrOp.Add:
                ChainAddition(ref insn, definitions);
                break;
            case IrOp.And:
                Mask(ref insn, definitions);
                break;
            case IrOp.Or:
                Rotation.Visit(ref insn, definitions, index);
                break;
            case IrOp.Shr or IrOp.Sar:
                ShiftPair.Visit(ref insn, definitions, index);
                break;
            case >= IrOp.SignExtend8 and <= IrOp.ZeroExtend32:
                Extension.Visit(ref insn, definitions);
                break;
            case IrOp.NanUnbox:
                Unbox(ref insn, definitions);
                break;
            case IrOp.Store:
                insn.B = Extension.Narrowed(insn.B, insn.Size * 8, definitions);
                break;
            case >= IrOp.Add32 and <= IrOp.RemUnsigned32:
                insn.A = Extension.Narrowed(insn.A, 32, definitions);
                insn.B = Extension.Narrowed(insn.B, 32, definitions);
                break;
        }
    }

    /// <summary>(x + m) + n is x + (m + n).</summary>
    private static void ChainAddition(ref IrInsn insn, Definitions definitions)
    {
        if (!insn.B.IsConstant)
            return;
        var index = definitions.Of(insn.A);
        if (index < 0)
            return;
        var block = definitions.Block;
        ref var inner = ref block.At(index);
        if (inner.Op != IrOp.Add || !inner.B.IsConstant || !definitions.IsUnchangedSince(inner.A, index))
            return;
        insn.A = inner.A;
        insn.B = block.AddConstant(block.ConstantOf(inner.B) + block.ConstantOf(insn.B));
    }

    /// <summary>A mask of the low 8, 16 or 32 bits is an extension.</summary>
    private static void Mask(ref IrInsn insn, Definitions definitions)
    {
        if (!insn.B.IsConstant)
            return;
        IrOp? extension = definitions.Block.ConstantOf(insn.B) switch
        {
            byte.MaxValue => IrOp.ZeroExtend8,
            ushort.MaxValue => IrOp.ZeroExtend16,
            uint.MaxValue => IrOp.ZeroExtend32,
            _ => null,
        };
        if (extension is not { } op)
            return;
        insn.BecomeUnary(op, insn.A);
        Extension.Visit(ref insn, definitions);
    }

    /// <summary>What is taken out of a box that was just made is what went in: its low half.</summary>
    private static void Unbox(ref IrInsn insn, Definitions definitions)
    {
        var index = definitions.Of(insn.A);
        if (index < 0)
            return;
        ref var box = ref definitions.Block.At(index);
        if (box.Op != IrOp.NanBox || !definitions.IsUnchangedSince(box.A, index))
            return;
        insn.BecomeUnary(IrOp.ZeroExtend32, box.A);
        Extension.Visit(ref insn, definitions);
    }
}
