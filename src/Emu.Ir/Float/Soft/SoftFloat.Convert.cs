using System.Numerics;

namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>From a signed integer; a 32-bit one must be sign-extended.</summary>
    public static ulong FromSigned<TFormat>(long value, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat =>
        FromMagnitude<TFormat>(value < 0, value < 0 ? 0 - (ulong)value : (ulong)value, mode, ref flags);

    /// <summary>From an unsigned integer; a 32-bit one must be zero-extended.</summary>
    public static ulong FromUnsigned<TFormat>(ulong value, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat =>
        FromMagnitude<TFormat>(false, value, mode, ref flags);

    /// <summary>From one format to the other: exact to the wider one, rounded to the narrower one; NaNs become canonical, signalling ones are invalid.</summary>
    public static ulong Convert<TFrom, TTo>(ulong a, IrRounding mode, ref uint flags)
        where TFrom : struct, IFloatFormat
        where TTo : struct, IFloatFormat
    {
        var x = Unpacked.From<TFrom>(a);
        return x.Kind switch
        {
            FloatKind.Zero => WithSign<TTo>(x.Negative, 0),
            FloatKind.Number => Round<TTo>(x.Negative, x.Exponent, x.Significand, mode, ref flags),
            FloatKind.Infinity => WithSign<TTo>(x.Negative, FloatFormat<TTo>.Infinity),
            _ => FromNaN<TTo>(x.Kind, x.Kind, ref flags),
        };
    }

    private static ulong FromMagnitude<TFormat>(bool negative, ulong magnitude, IrRounding mode, ref uint flags)
        where TFormat : struct, IFloatFormat
    {
        if (magnitude == 0) return 0;
        var leadingZeros = BitOperations.LeadingZeroCount(magnitude);
        return Round<TFormat>(negative, 63 - leadingZeros, magnitude << leadingZeros, mode, ref flags);
    }
}
