using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

/// <summary>
/// A pattern taken apart. For a <see cref="FloatKind.Number"/> the magnitude is <c>Significand * 2^(Exponent - 63)</c> and
/// bit 63 of the significand is set, subnormal numbers included; for the other kinds both fields are zero.
/// </summary>
internal readonly struct Unpacked
{
    public FloatKind Kind { get; private init; }
    public bool Negative { get; private init; }
    public int Exponent { get; private init; }
    public ulong Significand { get; private init; }

    public bool IsNaN => Kind >= FloatKind.QuietNaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Unpacked From<TFormat>(ulong bits) where TFormat : struct, IFloatFormat
    {
        var negative = FloatFormat<TFormat>.IsNegative(bits);
        var biased = FloatFormat<TFormat>.BiasedExponent(bits);
        var fraction = bits & FloatFormat<TFormat>.FractionMask;
        if (biased == FloatFormat<TFormat>.MaxBiasedExponent)
        {
            return new Unpacked { Kind = KindOfSpecial<TFormat>(fraction), Negative = negative };
        }
        if (biased != 0)
        {
            return new Unpacked
            {
                Kind = FloatKind.Number,
                Negative = negative,
                Exponent = biased - FloatFormat<TFormat>.Bias,
                Significand = 1UL << 63 | fraction << (63 - TFormat.FractionBits),
            };
        }
        if (fraction == 0) return new Unpacked { Kind = FloatKind.Zero, Negative = negative };
        var leadingZeros = BitOperations.LeadingZeroCount(fraction);
        return new Unpacked
        {
            Kind = FloatKind.Number,
            Negative = negative,
            // A subnormal counts in units of 2^(1 - bias - fraction bits).
            Exponent = 1 - FloatFormat<TFormat>.Bias - TFormat.FractionBits + 63 - leadingZeros,
            Significand = fraction << leadingZeros,
        };
    }

    private static FloatKind KindOfSpecial<TFormat>(ulong fraction) where TFormat : struct, IFloatFormat =>
        fraction == 0 ? FloatKind.Infinity
        : (fraction & FloatFormat<TFormat>.QuietBit) != 0 ? FloatKind.QuietNaN
        : FloatKind.SignallingNaN;
}
