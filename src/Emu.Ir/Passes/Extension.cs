namespace Emu.Ir.Passes;

/// <summary>The part of pass <c>peephole</c> that knows sign- and zero-extensions.</summary>
internal static class Extension
{
    /// <summary>Makes an extension of what is already so extended a copy, and looks through an inner extension that keeps enough bits.</summary>
    public static void Visit(ref IrInsn insn, Definitions definitions)
    {
        var width = WidthOf(insn.Op);
        var isSigned = insn.Op <= IrOp.SignExtend32;
        var index = definitions.Of(insn.A);
        if (index < 0)
            return;
        ref var inner = ref definitions.Block.At(index);
        var known = isSigned ? ResultWidth.Signed(inner, definitions.Block) : ResultWidth.Unsigned(inner, definitions.Block);
        if (known <= width)
            insn.BecomeMov(insn.A);
        else
            insn.A = Narrowed(insn.A, width, definitions);
    }

    /// <summary>The value of which <paramref name="value"/> is an extension that keeps the low <paramref name="width"/> bits, or else itself.</summary>
    public static IrValue Narrowed(IrValue value, int width, Definitions definitions)
    {
        var index = definitions.Of(value);
        if (index < 0)
            return value;
        ref var inner = ref definitions.Block.At(index);
        return WidthOf(inner.Op) >= width && definitions.IsUnchangedSince(inner.A, index) ? inner.A : value;
    }

    /// <summary>How many low bits of its operand an extension keeps; 0 for other ops.</summary>
    private static int WidthOf(IrOp op) => op switch
    {
        IrOp.SignExtend8 or IrOp.ZeroExtend8 => 8,
        IrOp.SignExtend16 or IrOp.ZeroExtend16 => 16,
        IrOp.SignExtend32 or IrOp.ZeroExtend32 or IrOp.NanBox => 32,
        _ => 0,
    };
}
