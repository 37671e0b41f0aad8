namespace Emu.Ir.Reference.RandomBlocks;

/// <content>Floating-point ops, boxed and unboxed as RISC-V does.</content>
public sealed partial class RandomBlock
{
    private static readonly IrOp[] FloatOps =
        [.. Enum.GetValues<IrOp>().Where(op => op is (>= IrOp.FloatAdd and <= IrOp.FloatNarrow) or (>= IrOp.FloatMinimum and <= IrOp.FloatToHalf))];

    private static readonly IrRounding[] Roundings = Enum.GetValues<IrRounding>();

    private void AddFloat()
    {
        var op = random.Pick(FloatOps);
        var operands = IrOps.OperandsOf(op);
        var size = op switch
        {
            IrOp.FloatWiden => 4,
            IrOp.FloatNarrow or IrOp.FloatToInt32Modular => 8,
            IrOp.FloatFromHalf or IrOp.FloatToHalf => random.Pick([4, 8]),
            _ => random.Pick([2, 4, 8]),
        };
        var insn = new IrInsn { Op = op, Flags = op == IrOp.FloatClass ? default : (IrFlags)random.Pick(Roundings) };
        insn.A = op is >= IrOp.FloatFromInt32 and <= IrOp.FloatFromUInt64 ? Value() : FloatOperand(op == IrOp.FloatFromHalf ? 2 : size);
        insn.B = (operands & IrOperands.B) != 0 ? FloatOperand(size) : default;
        insn.C = (operands & IrOperands.C) != 0 ? FloatOperand(size) : default;
        insn.Size = (operands & IrOperands.Size) != 0 ? (byte)size : default;
        insn.Dst = IsIntegerResult(op) ? Register() : NewTemp();
        _block.Append(op) = insn;
        if (insn.Dst.IsTemp)
            KeepFloat(insn.Dst, op switch { IrOp.FloatWiden => 8, IrOp.FloatNarrow => 4, IrOp.FloatToHalf => 2, _ => size });
    }

    private static bool IsIntegerResult(IrOp op) =>
        op is IrOp.FloatLessQuiet or IrOp.FloatLessEqualQuiet or IrOp.FloatToInt32Modular or IrOp.FloatEqual or IrOp.FloatLess or IrOp.FloatLessEqual or (>= IrOp.FloatClass and <= IrOp.FloatToUInt64);

    /// <summary>A 64-bit pattern straight from a register, a shorter one taken out of its box.</summary>
    private IrValue FloatOperand(int size)
    {
        var register = IrValue.Global(random.Pick(options.FloatRegisters));
        return size == 8 ? register : Emit(size == 4 ? IrOp.NanUnbox : IrOp.NanUnboxHalf, NewTemp(), register);
    }

    private void KeepFloat(IrValue result, int size) =>
        Emit(size switch { 2 => IrOp.NanBoxHalf, 4 => IrOp.NanBox, _ => IrOp.Mov }, IrValue.Global(random.Pick(options.FloatRegisters)), result);
}
