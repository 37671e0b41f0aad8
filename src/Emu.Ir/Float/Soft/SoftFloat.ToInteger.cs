namespace Emu.Ir.Float;

public static partial class SoftFloat
{
    /// <summary>To a signed 32-bit integer, sign-extended.</summary>
    public static ulong ToInt32<TFormat>(ulong a, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat =>
        (ulong)(int)ToInteger<TFormat>(a, int.MaxValue, 1UL << 31, mode, ref flags);

    /// <summary>To an unsigned 32-bit integer, sign-extended from bit 31 (Unpriv. ISA 20.7).</summary>
    public static ulong ToUInt32<TFormat>(ulong a, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat =>
        (ulong)(int)ToInteger<TFormat>(a, uint.MaxValue, 0, mode, ref flags);

    /// <summary>To a signed 64-bit integer.</summary>
    public static ulong ToInt64<TFormat>(ulong a, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat =>
        ToInteger<TFormat>(a, long.MaxValue, 1UL << 63, mode, ref flags);

    /// <summary>To an unsigned 64-bit integer.</summary>
    public static ulong ToUInt64<TFormat>(ulong a, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat =>
        ToInteger<TFormat>(a, ulong.MaxValue, 0, mode, ref flags);

    /// <summary>
    /// Rounds to an integer in [-<paramref name="lowestMagnitude"/>, <paramref name="highest"/>]. What rounds to an integer
    /// outside is invalid (and not inexact) and gives the nearer end; a NaN gives the upper end.
    /// </summary>
    private static ulong ToInteger<TFormat>(ulong a, ulong highest, ulong lowestMagnitude, IrRounding mode, ref uint flags)
        where TFormat : struct, IFloatFormat
    {
        var x = Unpacked.From<TFormat>(a);
        if (x.Kind == FloatKind.Zero) return 0;
        if (x.Kind != FloatKind.Number || x.Exponent >= 64)
        {
            flags |= FloatFlags.Invalid;
            return x.Negative && !x.IsNaN ? 0 - lowestMagnitude : highest;
        }

        // Fixed point with 64 fraction bits.
        var value = ShiftRightSticky((UInt128)x.Significand << 64, 63 - x.Exponent);
        var magnitude = (ulong)(value >> 64);
        var lost = (ulong)value;
        // Cannot wrap: a magnitude of 64 ones would need more digits than a format has.
        if (RoundsUp(x.Negative, (magnitude & 1) != 0, lost, mode)) magnitude++;
        if (magnitude > (x.Negative ? lowestMagnitude : highest))
        {
            flags |= FloatFlags.Invalid;
            return x.Negative ? 0 - lowestMagnitude : highest;
        }
        if (lost != 0) flags |= FloatFlags.Inexact;
        return x.Negative ? 0 - magnitude : magnitude;
    }
}
