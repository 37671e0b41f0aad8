namespace Emu.Ir;

/// <summary>One IR instruction: a flat value in the block's arena.</summary>
public struct IrInsn
{
    /// <summary>The operation; its row in <c>Ir.ops</c> says which of the other fields it uses.</summary>
    public IrOp Op;

    /// <summary>Width in bytes of a memory access, a floating-point operation or (for <see cref="IrOp.InsnStart"/>) the guest instruction.</summary>
    public byte Size;

    /// <summary>Modifiers: sign extension, condition, rounding mode, exit action, by op.</summary>
    public IrFlags Flags;

    /// <summary>Where the result goes: a temporary, a global, or none (the result is dropped).</summary>
    public IrValue Dst;

    /// <summary>First operand.</summary>
    public IrValue A;

    /// <summary>Second operand.</summary>
    public IrValue B;

    /// <summary>Third operand.</summary>
    public IrValue C;

    /// <summary>Immediate: an offset, an address or a place in a table, by op.</summary>
    public long Imm;
}
