using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

/// <summary>What follows from a format's layout: masks, special patterns and tests on patterns. Bits above the format are ignored by the tests.</summary>
/// <typeparam name="TFormat">The format.</typeparam>
public static class FloatFormat<TFormat> where TFormat : struct, IFloatFormat
{
    /// <summary>Digits of the significand, the implicit one included: 24 or 53.</summary>
    public static int Precision
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TFormat.FractionBits + 1;
    }

    /// <summary>The biased exponent of infinities and NaNs: 255 or 2047.</summary>
    public static int MaxBiasedExponent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (1 << TFormat.ExponentBits) - 1;
    }

    /// <summary>What is added to the exponent of a normal number to store it: 127 or 1023.</summary>
    public static int Bias
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MaxBiasedExponent >> 1;
    }

    /// <summary>The sign bit.</summary>
    public static ulong SignBit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1UL << (TFormat.FractionBits + TFormat.ExponentBits);
    }

    /// <summary>All bits of the format.</summary>
    public static ulong AllBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => SignBit | MagnitudeBits;
    }

    /// <summary>All bits but the sign.</summary>
    public static ulong MagnitudeBits
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => SignBit - 1;
    }

    /// <summary>The fraction's bits.</summary>
    public static ulong FractionMask
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (1UL << TFormat.FractionBits) - 1;
    }

    /// <summary>The fraction's top bit, which is set in quiet NaNs (IEEE 754-2019, 6.2.1).</summary>
    public static ulong QuietBit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1UL << (TFormat.FractionBits - 1);
    }

    /// <summary>Positive infinity.</summary>
    public static ulong Infinity
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ulong)MaxBiasedExponent << TFormat.FractionBits;
    }

    /// <summary>The largest finite number.</summary>
    public static ulong MaxFinite
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Infinity - 1;
    }

    /// <summary>The only NaN that an operation yields: positive, quiet, no payload (Unpriv. ISA 20.3).</summary>
    public static ulong CanonicalNaN
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Infinity | QuietBit;
    }

    /// <summary>The biased exponent of a pattern.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BiasedExponent(ulong bits) => (int)(bits >> TFormat.FractionBits) & MaxBiasedExponent;

    /// <summary>True for a quiet or signalling NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNaN(ulong bits) => (bits & MagnitudeBits) > Infinity;

    /// <summary>True for a signalling NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSignallingNaN(ulong bits) => IsNaN(bits) && (bits & QuietBit) == 0;

    /// <summary>True for a negative number, a negative zero, or a NaN with its sign set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNegative(ulong bits) => (bits & SignBit) != 0;
}
