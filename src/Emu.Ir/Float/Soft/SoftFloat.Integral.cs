namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>To an integral number of the same format; a zero keeps the number's sign. Inexact only if <paramref name="exact"/> asks for the flag.</summary>
    public static ulong RoundToIntegral<TFormat>(ulong a, IrRounding mode, bool exact, ref uint flags) where TFormat : struct, IFloatFormat
    {
        var x = Unpacked.From<TFormat>(a);
        if (x.IsNaN) return FromNaN<TFormat>(x.Kind, x.Kind, ref flags);
        if (x.Kind != FloatKind.Number || x.Exponent >= TFormat.FractionBits) return a & FloatFormat<TFormat>.AllBits;

        // Fixed point with 64 fraction bits.
        var value = ShiftRightSticky((UInt128)x.Significand << 64, 63 - x.Exponent);
        var magnitude = (ulong)(value >> 64);
        var lost = (ulong)value;
        if (RoundsUp(x.Negative, (magnitude & 1) != 0, lost, mode)) magnitude++;
        if (exact && lost != 0) flags |= FloatFlags.Inexact;
        return magnitude == 0 ? WithSign<TFormat>(x.Negative, 0) : FromMagnitude<TFormat>(x.Negative, magnitude, mode, ref flags);
    }

    /// <summary>
    /// Towards zero to an integer modulo 2^32, sign-extended; 0 for infinities and NaNs. Flags are those of the conversion that saturates
    /// (Unpriv. ISA 26.5).
    /// </summary>
    public static ulong ToInt32Modular<TFormat>(ulong a, ref uint flags) where TFormat : struct, IFloatFormat
    {
        ToInt32<TFormat>(a, IrRounding.TowardZero, ref flags);
        var x = Unpacked.From<TFormat>(a);
        // From 2^95 up the lowest digit counts 2^32 and more.
        if (x.Kind != FloatKind.Number || x.Exponent is < 0 or >= 63 + 32) return 0;
        var magnitude = x.Exponent <= 63 ? x.Significand >> (63 - x.Exponent) : x.Significand << (x.Exponent - 63);
        return (ulong)(int)(x.Negative ? 0 - magnitude : magnitude);
    }
}
