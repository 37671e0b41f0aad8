using System.Numerics;

namespace Emu.Ir.Passes;

/// <summary>How many bits of an instruction's result carry information; what extends such a result again is redundant.</summary>
internal static class ResultWidth
{
    private const int Full = 64;

    /// <summary>The least known n for which the result is the zero-extension of its low n bits.</summary>
    public static int Unsigned(in IrInsn insn, IrBlock block) => insn.Op switch
    {
        IrOp.SetEqual or IrOp.SetNotEqual or IrOp.SetLessSigned or IrOp.SetLessUnsigned => 1,
        IrOp.FloatLessQuiet or IrOp.FloatLessEqualQuiet or IrOp.FloatEqual or IrOp.FloatLess or IrOp.FloatLessEqual or IrOp.StoreConditional => 1,
        IrOp.FloatClass => 10,
        IrOp.ZeroExtend8 => 8,
        IrOp.ZeroExtend16 or IrOp.NanUnboxHalf or IrOp.FloatToHalf => 16,
        IrOp.CountLeadingZeros or IrOp.CountTrailingZeros or IrOp.PopCount => 7,
        IrOp.ZeroExtend32 or IrOp.NanUnbox or IrOp.FloatNarrow => 32,
        IrOp.Load when (insn.Flags & IrFlags.Signed) == 0 => insn.Size * 8,
        IrOp.FloatAdd or IrOp.FloatSub or IrOp.FloatMul or IrOp.FloatDiv or IrOp.FloatSqrt or IrOp.FloatMulAdd
            or IrOp.FloatMin or IrOp.FloatMax or IrOp.FloatFromInt32 or IrOp.FloatFromUInt32
            or IrOp.FloatFromInt64 or IrOp.FloatFromUInt64 or (>= IrOp.FloatMinimum and <= IrOp.FloatMaximum)
            or IrOp.FloatRound or IrOp.FloatRoundExact or IrOp.FloatFromHalf => insn.Size * 8,
        IrOp.And when insn.B.IsConstant => Full - BitOperations.LeadingZeroCount(block.ConstantOf(insn.B)),
        IrOp.Shr when insn.B.IsConstant => Full - (int)(block.ConstantOf(insn.B) & 63),
        _ => Full,
    };

    /// <summary>The least known n for which the result is the sign-extension of its low n bits.</summary>
    public static int Signed(in IrInsn insn, IrBlock block)
    {
        switch (insn.Op)
        {
            case IrOp.SignExtend8:
                return 8;
            case IrOp.SignExtend16:
                return 16;
            case IrOp.Load when (insn.Flags & IrFlags.Signed) != 0:
                return insn.Size * 8;
            case IrOp.LoadReserved or (>= IrOp.AtomicSwap and <= IrOp.AtomicCompareSwap):
                return insn.Size * 8;
            case IrOp.Sar when insn.B.IsConstant:
                return Full - (int)(block.ConstantOf(insn.B) & 63);
        }

        if (insn.Op is IrOp.SignExtend32 or IrOp.FloatToInt32 or IrOp.FloatToUInt32 or IrOp.FloatToInt32Modular or IrOp.RotateRight32 || ReadsLowHalves(insn.Op))
            return 32;
        // A number of n bits without sign has n + 1 with one.
        return Math.Min(Unsigned(insn, block) + 1, Full);
    }

    /// <summary>True for the 32-bit integer ops: they look only at the low halves of their operands and extend the sign of the result.</summary>
    public static bool ReadsLowHalves(IrOp op) => op is >= IrOp.Add32 and <= IrOp.RemUnsigned32;
}
