namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>The sum.</summary>
    public static ulong Add<TFormat>(ulong a, ulong b, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat
    {
        var x = Unpacked.From<TFormat>(a);
        var y = Unpacked.From<TFormat>(b);
        if (x.IsNaN || y.IsNaN) return FromNaN<TFormat>(x.Kind, y.Kind, ref flags);
        if (x.Kind == FloatKind.Infinity)
        {
            return y.Kind == FloatKind.Infinity && x.Negative != y.Negative
                ? Invalid<TFormat>(ref flags)
                : a & FloatFormat<TFormat>.AllBits;
        }
        if (x.Kind == FloatKind.Zero && y.Kind == FloatKind.Zero) return ZeroSum<TFormat>(x.Negative, y.Negative, mode);
        if (y.Kind == FloatKind.Infinity || x.Kind == FloatKind.Zero) return b & FloatFormat<TFormat>.AllBits;
        if (y.Kind == FloatKind.Zero) return a & FloatFormat<TFormat>.AllBits;
        return RoundedSum<TFormat>(WideNumber.From(x), WideNumber.From(y), mode, ref flags);
    }

    /// <summary>The difference <paramref name="a"/> - <paramref name="b"/>.</summary>
    public static ulong Subtract<TFormat>(ulong a, ulong b, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat =>
        // A NaN's sign means nothing, so that negation cannot change what happens to it.
        Add<TFormat>(a, b ^ FloatFormat<TFormat>.SignBit, mode, ref flags);

    /// <summary>The sum of two numbers that are not zero, rounded once.</summary>
    private static ulong RoundedSum<TFormat>(WideNumber x, WideNumber y, IrRounding mode, ref uint flags)
        where TFormat : struct, IFloatFormat
    {
        if (x.Exponent < y.Exponent || (x.Exponent == y.Exponent && x.Significand < y.Significand)) (x, y) = (y, x);
        // If digits are lost here the exponents differ by far more than one: the difference keeps all but one of its
        // leading digits and the sticky bit stays below the digits that decide.
        var aligned = ShiftRightSticky(y.Significand, x.Exponent - y.Exponent);
        var sum = x.Negative == y.Negative ? x.Significand + aligned : x.Significand - aligned;
        if (sum == UInt128.Zero) return ZeroSum<TFormat>(x.Negative, y.Negative, mode);
        var leadingZeros = (int)UInt128.LeadingZeroCount(sum);
        var normalized = sum << leadingZeros;
        var significand = (ulong)(normalized >> 64) | ((ulong)normalized != 0 ? 1UL : 0);
        return Round<TFormat>(x.Negative, x.Exponent + 1 - leadingZeros, significand, mode, ref flags);
    }

    /// <summary>A sum that is exactly zero: IEEE 754-2019, 6.3.</summary>
    private static ulong ZeroSum<TFormat>(bool xNegative, bool yNegative, IrRounding mode) where TFormat : struct, IFloatFormat =>
        WithSign<TFormat>(xNegative == yNegative ? xNegative : mode == IrRounding.Down, 0);
}
