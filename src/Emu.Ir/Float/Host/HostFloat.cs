using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

/// <summary>
/// The IR's floating-point operations on the host's floating-point unit: always the same results and flags as
/// <see cref="SoftFloat"/>, usually in a few machine instructions.
/// </summary>
/// <remarks>
/// <para>Managed code can neither read nor write the host's exception flags and rounding mode. But nearly all operations
/// round to nearest even, and nearly all programs have the inexact flag set after their first few operations. Then a result
/// whose magnitude is well inside the range of normal numbers is final: overflow, underflow, division by zero and invalid
/// operations give other results, and inexact is set already (<see cref="IsFinal{TFormat}"/>). This is the inlined path.</para>
/// <para>Otherwise, in a method that is never inlined, the exact rounding error is computed with the host (two-sum, or the
/// residual by a fused multiply-add); it is zero if and only if the operation was exact. Where the error itself might
/// not be representable, for other rounding modes, and for NaNs and infinities, <see cref="SoftFloat"/> decides.</para>
/// <para><c>Try…</c> methods are the inlined path alone, without a call, for callers that tail-call their slow path: false
/// means that the method without <c>Try</c> must be asked. Rounding modes must be static ones. <c>flags</c> is where the
/// guest's sticky flags live (<see cref="FloatFlags"/>); it is read and only ever added to, without synchronisation: one
/// thread per flags word. Operands of 32 bits are the low half of their <c>ulong</c>, the high half is ignored.</para>
/// </remarks>
public static unsafe partial class HostFloat
{
    /// <summary>Whether a host result to nearest even stands, and adds no flag to the given ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFinal<TFormat>(ulong result, IrRounding mode, uint flags) where TFormat : struct, IFloatFormat =>
        (flags & FloatFlags.Inexact) != 0 && mode == IrRounding.NearestEven && IsOrdinary<TFormat>(result);

    /// <summary>
    /// Whether a host result can have raised nothing but inexact: its biased exponent is neither 0 (zero, subnormal), 1 (the
    /// least normal number may be a tiny one that was rounded up: underflow), 2, nor the last one (infinity, NaN).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary<TFormat>(ulong result) where TFormat : struct, IFloatFormat =>
        // One added makes the last exponent wrap to 0, into the sign; the four values left to reject lie below 4.
        (((uint)(result >> TFormat.FractionBits) + 1) & (uint)(FloatFormat<TFormat>.MaxBiasedExponent & ~3)) != 0;

    /// <summary>Whether a number is large enough for the lowest digit of a product, twice as wide as the format, to be representable.</summary>
    private static bool IsFarFromUnderflow<TFormat>(ulong bits) where TFormat : struct, IFloatFormat =>
        FloatFormat<TFormat>.BiasedExponent(bits) >= FloatFormat<TFormat>.Precision + 2;

    /// <summary>Whether a sum of two such data cannot overflow; false for infinities and NaNs.</summary>
    private static bool IsFarFromOverflow<TFormat>(ulong bits) where TFormat : struct, IFloatFormat =>
        FloatFormat<TFormat>.BiasedExponent(bits) < FloatFormat<TFormat>.MaxBiasedExponent - 3;

    /// <summary>What <c>x + y</c> lost when it was rounded to <paramref name="sum"/>: Knuth's two-sum, exact without overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static THost SumError<THost>(THost x, THost y, THost sum) where THost : struct, IBinaryFloatingPointIeee754<THost>
    {
        var yPart = sum - x;
        var xPart = sum - yPart;
        return (x - xPart) + (y - yPart);
    }

    private static void RaiseInexactIf(bool inexact, uint* flags)
    {
        if (inexact) *flags |= FloatFlags.Inexact;
    }
}
