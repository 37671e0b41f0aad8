namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>The quotient <paramref name="a"/> / <paramref name="b"/>.</summary>
    public static ulong Divide<TFormat>(ulong a, ulong b, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat
    {
        var x = Unpacked.From<TFormat>(a);
        var y = Unpacked.From<TFormat>(b);
        if (x.IsNaN || y.IsNaN) return FromNaN<TFormat>(x.Kind, y.Kind, ref flags);
        // Zero by zero, infinity by infinity.
        if (x.Kind == y.Kind && x.Kind != FloatKind.Number) return Invalid<TFormat>(ref flags);
        var negative = x.Negative != y.Negative;
        if (x.Kind == FloatKind.Infinity) return WithSign<TFormat>(negative, FloatFormat<TFormat>.Infinity);
        if (x.Kind == FloatKind.Zero || y.Kind == FloatKind.Infinity) return WithSign<TFormat>(negative, 0);
        if (y.Kind == FloatKind.Zero)
        {
            flags |= FloatFlags.DivideByZero;
            return WithSign<TFormat>(negative, FloatFormat<TFormat>.Infinity);
        }

        // The shift makes the quotient's bit 63 its highest one.
        var borrows = x.Significand < y.Significand;
        var (quotient, remainder) = UInt128.DivRem((UInt128)x.Significand << (borrows ? 64 : 63), y.Significand);
        var significand = (ulong)quotient | (remainder != UInt128.Zero ? 1UL : 0);
        return Round<TFormat>(negative, x.Exponent - y.Exponent - (borrows ? 1 : 0), significand, mode, ref flags);
    }
}
