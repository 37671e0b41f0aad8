namespace Emu.Ir.Passes;

/// <summary>Turns an instruction into another one in place.</summary>
internal static class InsnRewriting
{
    /// <summary>Makes <paramref name="insn"/> a copy of <paramref name="source"/> into the result that it has; a register need not be copied to itself.</summary>
    public static void BecomeMov(ref this IrInsn insn, IrValue source)
    {
        insn.BecomeUnary(IrOp.Mov, source);
        if (insn.Dst == source)
            insn.Dst = IrValue.None;
    }

    /// <summary>Makes <paramref name="insn"/> an op with one operand, keeping the result.</summary>
    public static void BecomeUnary(ref this IrInsn insn, IrOp op, IrValue source) =>
        insn = new IrInsn { Op = op, Dst = insn.Dst, A = source };

    /// <summary>Makes <paramref name="insn"/> an op with two operands, keeping the result.</summary>
    public static void BecomeBinary(ref this IrInsn insn, IrOp op, IrValue a, IrValue b) =>
        insn = new IrInsn { Op = op, Dst = insn.Dst, A = a, B = b };

    /// <summary>Makes a terminal <paramref name="insn"/> a jump to <paramref name="target"/>.</summary>
    public static void BecomeJump(ref this IrInsn insn, ulong target) =>
        insn = new IrInsn { Op = IrOp.Jump, Imm = (long)target };

    /// <summary>Makes <paramref name="insn"/> a computation without result, for pass <c>deadtemps</c> to take away.</summary>
    public static void BecomeNothing(ref this IrInsn insn, IrValue anything) =>
        insn = new IrInsn { Op = IrOp.Mov, A = anything };

    /// <summary>True if nothing but markers stands between the two instructions.</summary>
    public static bool IsNext(this IrBlock block, int first, int second)
    {
        for (var index = first + 1; index < second; index++)
            if (block.At(index).Op != IrOp.InsnStart)
                return false;
        return true;
    }
}
