using Emu.Ir;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>The IR op for each op of a body.</summary>
internal static class BodyOps
{
    /// <summary>The IR op, and whether it takes one number only.</summary>
    public static (IrOp Op, bool IsUnary) Of(BodyOp op) => op switch
    {
        BodyOp.Add => (IrOp.Add, false),
        BodyOp.Sub => (IrOp.Sub, false),
        BodyOp.Mul => (IrOp.Mul, false),
        BodyOp.DivSigned => (IrOp.DivSigned, false),
        BodyOp.DivUnsigned => (IrOp.DivUnsigned, false),
        BodyOp.RemSigned => (IrOp.RemSigned, false),
        BodyOp.RemUnsigned => (IrOp.RemUnsigned, false),
        BodyOp.And => (IrOp.And, false),
        BodyOp.Or => (IrOp.Or, false),
        BodyOp.Xor => (IrOp.Xor, false),
        BodyOp.Shl => (IrOp.Shl, false),
        BodyOp.Shr => (IrOp.Shr, false),
        BodyOp.Sar => (IrOp.Sar, false),
        BodyOp.SetEqual => (IrOp.SetEqual, false),
        BodyOp.SetNotEqual => (IrOp.SetNotEqual, false),
        BodyOp.SetLessSigned => (IrOp.SetLessSigned, false),
        BodyOp.SetLessUnsigned => (IrOp.SetLessUnsigned, false),
        BodyOp.MinSigned => (IrOp.MinSigned, false),
        BodyOp.MaxSigned => (IrOp.MaxSigned, false),
        BodyOp.MinUnsigned => (IrOp.MinUnsigned, false),
        BodyOp.MaxUnsigned => (IrOp.MaxUnsigned, false),
        BodyOp.SignExtend8 => (IrOp.SignExtend8, true),
        BodyOp.SignExtend16 => (IrOp.SignExtend16, true),
        BodyOp.SignExtend32 => (IrOp.SignExtend32, true),
        BodyOp.ZeroExtend8 => (IrOp.ZeroExtend8, true),
        BodyOp.ZeroExtend16 => (IrOp.ZeroExtend16, true),
        BodyOp.ZeroExtend32 => (IrOp.ZeroExtend32, true),
        BodyOp.CountLeadingZeros => (IrOp.CountLeadingZeros, true),
        BodyOp.CountTrailingZeros => (IrOp.CountTrailingZeros, true),
        BodyOp.PopCount => (IrOp.PopCount, true),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "unknown op"),
    };

    /// <summary>True if the second number leaves the first as it is.</summary>
    public static bool IsUnchanged(BodyOp op, BodyValue a, BodyValue b) =>
        op is BodyOp.Add or BodyOp.Sub or BodyOp.Or or BodyOp.Xor or BodyOp.Shl or BodyOp.Shr or BodyOp.Sar && b.IsConstant && b.Bits == 0 && !a.IsConstant;
}
