namespace Emu.Ir;

/// <summary>
/// Appends instructions to an <see cref="IrBlock"/>; one method per op is generated from <c>Ir.ops</c>. Guests' semantics are
/// written against it. Owned by one thread.
/// </summary>
public sealed partial class IrBuilder(IrBlock block)
{
    /// <summary>The block that is being built.</summary>
    public IrBlock Block { get; set; } = block;

    /// <summary>A constant operand.</summary>
    public IrValue Constant(ulong value) => Block.AddConstant(value);

    /// <summary>A constant operand, sign-extended.</summary>
    public IrValue Constant(long value) => Block.AddConstant((ulong)value);

    /// <summary>A read of a guest register. It names the register, not its value of now: use it before the register is written.</summary>
    public IrValue Global(int offset) => IrValue.Global(offset);

    /// <summary>
    /// Writes a guest register. If <paramref name="value"/> is the temporary that the last instruction made, that instruction is
    /// made to write the register itself and the temporary is gone: do not use it afterwards.
    /// </summary>
    public void SetGlobal(int offset, IrValue value)
    {
        if (value.IsTemp && Block.Count > 0)
        {
            ref var last = ref Block.Insns[^1];
            if (last.Dst == value)
            {
                last.Dst = IrValue.Global(offset);
                return;
            }
        }

        ref var mov = ref Block.Append(IrOp.Mov);
        mov.Dst = IrValue.Global(offset);
        mov.A = value;
    }

    /// <summary>Ends the block with a conditional jump to <paramref name="taken"/>.</summary>
    public void Branch(IrCondition condition, IrValue a, IrValue b, ulong taken) => Branch(a, b, (long)taken, (IrFlags)condition);

    /// <summary>Leaves the block for <paramref name="elsewhere"/> if the condition holds.</summary>
    public void LeaveIf(IrCondition condition, IrValue a, IrValue b, ulong elsewhere) => LeaveIf(a, b, (long)elsewhere, (IrFlags)condition);
}
