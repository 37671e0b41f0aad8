namespace Emu.Ir.Float;

/// <summary>
/// Floating point in integer arithmetic: the definition of the IR's <c>Float*</c> operations, bit for bit and flag for flag.
/// </summary>
/// <remarks>
/// <para>Every operation takes its operands apart (<see cref="Unpacked"/>), computes a significand of 64 bits whose last
/// bit also stands for all lower digits that are not zero ("sticky"), and rounds once. 64 bits leave at least eleven digits
/// below binary64's, so that the sticky bit never touches the digit that decides a tie.</para>
/// <para>The rules are IEEE 754-2019 with RISC-V's choices (Unpriv. ISA 20 and 21): NaN results are canonical, tininess is
/// detected after rounding, conversions to integers saturate. Flags accumulate in <c>flags</c> (<see cref="FloatFlags"/>).
/// The rounding mode must not be <see cref="IrRounding.Dynamic"/>. All methods are pure but for <c>flags</c>, hence thread-safe.</para>
/// </remarks>
public static partial class SoftFloat
{
    /// <summary>Rounds the magnitude <c>significand * 2^(exponent - 63)</c>, bit 63 set, to the format.</summary>
    private static ulong Round<TFormat>(bool negative, int exponent, ulong significand, IrRounding mode, ref uint flags)
        where TFormat : struct, IFloatFormat
    {
        var dropped = 63 - TFormat.FractionBits;
        var biased = exponent + FloatFormat<TFormat>.Bias;
        var tiny = false;
        if (biased <= 0)
        {
            tiny = biased < 0 || !RoundsToPowerOfTwo(negative, significand, dropped, mode);
            significand = ShiftRightSticky(significand, 1 - biased);
            biased = 1;
        }
        var kept = significand >> dropped;
        var lost = significand << (64 - dropped);
        if (lost != 0)
        {
            flags |= tiny ? FloatFlags.Inexact | FloatFlags.Underflow : FloatFlags.Inexact;
            if (RoundsUp(negative, (kept & 1) != 0, lost, mode)) kept++;
        }
        // The implicit bit, and a carry out of the fraction, count the exponent up.
        var magnitude = ((ulong)(biased - 1) << TFormat.FractionBits) + kept;
        if (magnitude >= FloatFormat<TFormat>.Infinity) return Overflow<TFormat>(negative, mode, ref flags);
        return WithSign<TFormat>(negative, magnitude);
    }

    /// <summary>Whether a significand rounds up to the next power of two if the exponent's range is ignored.</summary>
    private static bool RoundsToPowerOfTwo(bool negative, ulong significand, int dropped, IrRounding mode)
    {
        var allKeptAreOnes = significand >= ulong.MaxValue << dropped;
        return allKeptAreOnes && RoundsUp(negative, odd: true, significand << (64 - dropped), mode);
    }

    /// <summary>Whether the magnitude grows by one unit in the last place.</summary>
    /// <param name="negative">The number's sign.</param>
    /// <param name="odd">Whether the last digit kept is one.</param>
    /// <param name="lost">The digits lost as a fraction of that unit, in 2^-64; half a unit is 2^63.</param>
    /// <param name="mode">The rounding mode.</param>
    private static bool RoundsUp(bool negative, bool odd, ulong lost, IrRounding mode)
    {
        const ulong Half = 1UL << 63;
        return mode switch
        {
            IrRounding.NearestEven => lost > Half || (lost == Half && odd),
            IrRounding.TowardZero => false,
            IrRounding.Down => negative && lost != 0,
            IrRounding.Up => !negative && lost != 0,
            IrRounding.NearestAway => lost >= Half,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "not a static rounding mode"),
        };
    }

    private static ulong Overflow<TFormat>(bool negative, IrRounding mode, ref uint flags) where TFormat : struct, IFloatFormat
    {
        flags |= FloatFlags.Overflow | FloatFlags.Inexact;
        var towardZero = mode == IrRounding.TowardZero || mode == (negative ? IrRounding.Up : IrRounding.Down);
        return WithSign<TFormat>(negative, towardZero ? FloatFormat<TFormat>.MaxFinite : FloatFormat<TFormat>.Infinity);
    }

    private static ulong WithSign<TFormat>(bool negative, ulong magnitude) where TFormat : struct, IFloatFormat =>
        negative ? magnitude | FloatFormat<TFormat>.SignBit : magnitude;

    /// <summary>The result of an operation that has none.</summary>
    private static ulong Invalid<TFormat>(ref uint flags) where TFormat : struct, IFloatFormat
    {
        flags |= FloatFlags.Invalid;
        return FloatFormat<TFormat>.CanonicalNaN;
    }

    /// <summary>The result of an operation with a NaN among its operands.</summary>
    private static ulong FromNaN<TFormat>(FloatKind a, FloatKind b, ref uint flags) where TFormat : struct, IFloatFormat
    {
        if (a == FloatKind.SignallingNaN || b == FloatKind.SignallingNaN) flags |= FloatFlags.Invalid;
        return FloatFormat<TFormat>.CanonicalNaN;
    }

    /// <summary>Shifts right by any distance from 0 up; the last bit becomes one if a one is lost.</summary>
    private static ulong ShiftRightSticky(ulong value, int distance)
    {
        if (distance >= 64) return value != 0 ? 1UL : 0;
        var lost = value & ((1UL << distance) - 1);
        return value >> distance | (lost != 0 ? 1UL : 0);
    }

    /// <summary>Shifts right by any distance from 0 up; the last bit becomes one if a one is lost.</summary>
    private static UInt128 ShiftRightSticky(UInt128 value, int distance)
    {
        if (distance >= 128) return value != UInt128.Zero ? UInt128.One : UInt128.Zero;
        var lost = value & ((UInt128.One << distance) - UInt128.One);
        return value >> distance | (lost != UInt128.Zero ? UInt128.One : UInt128.Zero);
    }
}
