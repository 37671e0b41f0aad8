namespace Emu.Ir.Float;

/// <summary>The value of each floating-point op by <see cref="SoftFloat"/>: what backends are compared with. Thread-safe.</summary>
public static class FloatEvaluator
{
    /// <summary>Evaluates a <c>Float*</c> op.</summary>
    /// <param name="op">The op.</param>
    /// <param name="size">The op's float width in bytes, 2, 4 or 8; not used by the ops that have none.</param>
    /// <param name="mode">The rounding mode, not <see cref="IrRounding.Dynamic"/>; not used by ops that do not round.</param>
    /// <param name="a">First operand.</param>
    /// <param name="b">Second operand, where the op has one.</param>
    /// <param name="c">Third operand, where the op has one.</param>
    /// <param name="flags">The sticky exception flags (<see cref="FloatFlags"/>): the op's are added.</param>
    /// <param name="value">The result; 0 if there is none.</param>
    /// <returns>False if there is no floating-point op of that name and size (<see cref="IrOp.NanBox"/> is an integer op).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The op rounds and the mode is not a static one.</exception>
    public static bool TryEvaluate(IrOp op, int size, IrRounding mode, ulong a, ulong b, ulong c, ref uint flags, out ulong value)
    {
        var result = op switch
        {
            IrOp.FloatWiden => SoftFloat.Convert<Binary32, Binary64>(a, mode, ref flags),
            IrOp.FloatNarrow => SoftFloat.Convert<Binary64, Binary32>(a, mode, ref flags),
            _ when size == 2 => Evaluate<Binary16>(op, mode, a, b, c, ref flags),
            _ when size == 4 => Evaluate<Binary32>(op, mode, a, b, c, ref flags),
            _ when size == 8 => Evaluate<Binary64>(op, mode, a, b, c, ref flags),
            _ => null,
        };
        value = result.GetValueOrDefault();
        return result.HasValue;
    }

    private static ulong? Evaluate<TFormat>(IrOp op, IrRounding mode, ulong a, ulong b, ulong c, ref uint flags)
        where TFormat : struct, IFloatFormat => op switch
        {
            IrOp.FloatAdd => SoftFloat.Add<TFormat>(a, b, mode, ref flags),
            IrOp.FloatSub => SoftFloat.Subtract<TFormat>(a, b, mode, ref flags),
            IrOp.FloatMul => SoftFloat.Multiply<TFormat>(a, b, mode, ref flags),
            IrOp.FloatDiv => SoftFloat.Divide<TFormat>(a, b, mode, ref flags),
            IrOp.FloatSqrt => SoftFloat.SquareRoot<TFormat>(a, mode, ref flags),
            IrOp.FloatMulAdd => SoftFloat.FusedMultiplyAdd<TFormat>(a, b, c, mode, ref flags),
            IrOp.FloatMin => SoftFloat.Minimum<TFormat>(a, b, ref flags),
            IrOp.FloatMax => SoftFloat.Maximum<TFormat>(a, b, ref flags),
            IrOp.FloatEqual => SoftFloat.Equal<TFormat>(a, b, ref flags),
            IrOp.FloatLess => SoftFloat.Less<TFormat>(a, b, ref flags),
            IrOp.FloatLessEqual => SoftFloat.LessEqual<TFormat>(a, b, ref flags),
            IrOp.FloatClass => SoftFloat.Classify<TFormat>(a),
            IrOp.FloatToInt32 => SoftFloat.ToInt32<TFormat>(a, mode, ref flags),
            IrOp.FloatToUInt32 => SoftFloat.ToUInt32<TFormat>(a, mode, ref flags),
            IrOp.FloatToInt64 => SoftFloat.ToInt64<TFormat>(a, mode, ref flags),
            IrOp.FloatToUInt64 => SoftFloat.ToUInt64<TFormat>(a, mode, ref flags),
            IrOp.FloatFromInt32 => SoftFloat.FromSigned<TFormat>((int)a, mode, ref flags),
            IrOp.FloatFromUInt32 => SoftFloat.FromUnsigned<TFormat>((uint)a, mode, ref flags),
            IrOp.FloatFromInt64 => SoftFloat.FromSigned<TFormat>((long)a, mode, ref flags),
            IrOp.FloatFromUInt64 => SoftFloat.FromUnsigned<TFormat>(a, mode, ref flags),
            IrOp.FloatMinimum => SoftFloat.MinimumOrNaN<TFormat>(a, b, ref flags),
            IrOp.FloatMaximum => SoftFloat.MaximumOrNaN<TFormat>(a, b, ref flags),
            IrOp.FloatLessQuiet => SoftFloat.LessQuiet<TFormat>(a, b, ref flags),
            IrOp.FloatLessEqualQuiet => SoftFloat.LessEqualQuiet<TFormat>(a, b, ref flags),
            IrOp.FloatRound => SoftFloat.RoundToIntegral<TFormat>(a, mode, exact: false, ref flags),
            IrOp.FloatRoundExact => SoftFloat.RoundToIntegral<TFormat>(a, mode, exact: true, ref flags),
            IrOp.FloatToInt32Modular => SoftFloat.ToInt32Modular<TFormat>(a, ref flags),
            IrOp.FloatFromHalf => SoftFloat.Convert<Binary16, TFormat>(a, mode, ref flags),
            IrOp.FloatToHalf => SoftFloat.Convert<TFormat, Binary16>(a, mode, ref flags),
            _ => null,
        };
}
