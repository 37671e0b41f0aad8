using Emu.Ir;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>The value that an atomic operation has stored, computed again from what it loaded: the op itself only gives the old value (R46).</summary>
internal static class ReadModifyWrite
{
    /// <summary>Appends the computation. Of the result only the low bytes of the access count.</summary>
    /// <param name="builder">Where to.</param>
    /// <param name="insn">The atomic operation.</param>
    /// <param name="old">What it loaded, sign-extended.</param>
    /// <param name="operand">Its operand.</param>
    public static IrValue NewValue(IrBuilder builder, in IrInsn insn, IrValue old, IrValue operand) => insn.Op switch
    {
        IrOp.AtomicSwap => operand,
        IrOp.AtomicAdd => builder.Add(old, operand),
        IrOp.AtomicAnd => builder.And(old, operand),
        IrOp.AtomicOr => builder.Or(old, operand),
        IrOp.AtomicXor => builder.Xor(old, operand),
        IrOp.AtomicMinSigned => Choose(builder, insn.Size, old, operand, isSigned: true, smaller: true),
        IrOp.AtomicMaxSigned => Choose(builder, insn.Size, old, operand, isSigned: true, smaller: false),
        IrOp.AtomicMinUnsigned => Choose(builder, insn.Size, old, operand, isSigned: false, smaller: true),
        IrOp.AtomicMaxUnsigned => Choose(builder, insn.Size, old, operand, isSigned: false, smaller: false),
        _ => throw new ArgumentException($"{insn.Op} is no atomic operation", nameof(insn)),
    };

    /// <summary>The low bytes of a value, sign-extended as those that an atomic operation loads.</summary>
    public static IrValue Extend(IrBuilder builder, int size, IrValue value) => size switch
    {
        1 => builder.SignExtend8(value),
        2 => builder.SignExtend16(value),
        4 => builder.SignExtend32(value),
        _ => value,
    };

    private static IrValue Choose(IrBuilder builder, int size, IrValue old, IrValue operand, bool isSigned, bool smaller)
    {
        // Sign extension of both sides keeps the order of unsigned numbers as well.
        var other = Extend(builder, size, operand);
        var less = isSigned ? builder.SetLessSigned(old, other) : builder.SetLessUnsigned(old, other);
        return smaller ? builder.Select(less, old, other) : builder.Select(less, other, old);
    }
}
