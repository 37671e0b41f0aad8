using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>From binary64 to a signed 32-bit integer, sign-extended; saturating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToInt32From64(ulong a, IrRounding mode, uint* flags) =>
        TryTruncate(BitConverter.UInt64BitsToDouble(a), mode, *flags, out var whole) && whole == (int)whole
            ? (ulong)whole
            : ToInt32Slow<Binary64>(a, BitConverter.UInt64BitsToDouble(a), mode, flags);

    /// <summary>From binary64 to a unsigned 32-bit integer, sign-extended from bit 31; saturating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToUInt32From64(ulong a, IrRounding mode, uint* flags) =>
        TryTruncate(BitConverter.UInt64BitsToDouble(a), mode, *flags, out var whole) && whole == (uint)whole
            ? (ulong)(int)whole
            : ToUInt32Slow<Binary64>(a, BitConverter.UInt64BitsToDouble(a), mode, flags);

    /// <summary>From binary64 to a signed 64-bit integer; saturating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToInt64From64(ulong a, IrRounding mode, uint* flags) =>
        TryTruncate(BitConverter.UInt64BitsToDouble(a), mode, *flags, out var whole)
            ? (ulong)whole
            : ToInt64Slow<Binary64>(a, BitConverter.UInt64BitsToDouble(a), mode, flags);

    /// <summary>From binary64 to a unsigned 64-bit integer; saturating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToUInt64From64(ulong a, IrRounding mode, uint* flags) =>
        TryTruncate(BitConverter.UInt64BitsToDouble(a), mode, *flags, out var whole) && whole >= 0
            ? (ulong)whole
            : ToUInt64Slow<Binary64>(a, BitConverter.UInt64BitsToDouble(a), mode, flags);

    /// <summary>From binary32 to a signed 32-bit integer, sign-extended; saturating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToInt32From32(ulong a, IrRounding mode, uint* flags) =>
        TryTruncate(BitConverter.UInt32BitsToSingle((uint)a), mode, *flags, out var whole) && whole == (int)whole
            ? (ulong)whole
            : ToInt32Slow<Binary32>(a, BitConverter.UInt32BitsToSingle((uint)a), mode, flags);

    /// <summary>From binary32 to a unsigned 32-bit integer, sign-extended from bit 31; saturating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToUInt32From32(ulong a, IrRounding mode, uint* flags) =>
        TryTruncate(BitConverter.UInt32BitsToSingle((uint)a), mode, *flags, out var whole) && whole == (uint)whole
            ? (ulong)(int)whole
            : ToUInt32Slow<Binary32>(a, BitConverter.UInt32BitsToSingle((uint)a), mode, flags);

    /// <summary>From binary32 to a signed 64-bit integer; saturating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToInt64From32(ulong a, IrRounding mode, uint* flags) =>
        TryTruncate(BitConverter.UInt32BitsToSingle((uint)a), mode, *flags, out var whole)
            ? (ulong)whole
            : ToInt64Slow<Binary32>(a, BitConverter.UInt32BitsToSingle((uint)a), mode, flags);

    /// <summary>From binary32 to a unsigned 64-bit integer; saturating.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToUInt64From32(ulong a, IrRounding mode, uint* flags) =>
        TryTruncate(BitConverter.UInt32BitsToSingle((uint)a), mode, *flags, out var whole) && whole >= 0
            ? (ulong)whole
            : ToUInt64Slow<Binary32>(a, BitConverter.UInt32BitsToSingle((uint)a), mode, flags);

    /// <summary>The integral part, if that is the result and no flag needs to be added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTruncate(double x, IrRounding mode, uint flags, out long whole)
    {
        // Hosts differ in what they make of a number out of range, so that the range is tested first.
        whole = double.ConvertToIntegerNative<long>(x);
        return Math.Abs(x) < TwoTo63
            && (whole == x || (mode == IrRounding.TowardZero && (flags & FloatFlags.Inexact) != 0));
    }

    /// <summary>Rounds to an integer that fits 64 signed bits; false if it does not, or the host has no such rounding.</summary>
    private static bool TryRound(double x, IrRounding mode, out long whole, out bool inexact)
    {
        var rounded = mode switch
        {
            IrRounding.NearestEven => Math.Round(x),
            IrRounding.TowardZero => Math.Truncate(x),
            IrRounding.Down => Math.Floor(x),
            IrRounding.Up => Math.Ceiling(x),
            _ => double.NaN,
        };
        inexact = rounded != x;
        whole = double.ConvertToIntegerNative<long>(rounded);
        return Math.Abs(rounded) < TwoTo63;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ToInt32Slow<TFormat>(ulong a, double x, IrRounding mode, uint* flags) where TFormat : struct, IFloatFormat
    {
        if (!TryRound(x, mode, out var whole, out var inexact) || whole != (int)whole) return SoftFloat.ToInt32<TFormat>(a, mode, ref *flags);
        RaiseInexactIf(inexact, flags);
        return (ulong)whole;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ToUInt32Slow<TFormat>(ulong a, double x, IrRounding mode, uint* flags) where TFormat : struct, IFloatFormat
    {
        if (!TryRound(x, mode, out var whole, out var inexact) || whole != (uint)whole) return SoftFloat.ToUInt32<TFormat>(a, mode, ref *flags);
        RaiseInexactIf(inexact, flags);
        return (ulong)(int)whole;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ToInt64Slow<TFormat>(ulong a, double x, IrRounding mode, uint* flags) where TFormat : struct, IFloatFormat
    {
        if (!TryRound(x, mode, out var whole, out var inexact)) return SoftFloat.ToInt64<TFormat>(a, mode, ref *flags);
        RaiseInexactIf(inexact, flags);
        return (ulong)whole;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong ToUInt64Slow<TFormat>(ulong a, double x, IrRounding mode, uint* flags) where TFormat : struct, IFloatFormat
    {
        if (!TryRound(x, mode, out var whole, out var inexact) || whole < 0) return SoftFloat.ToUInt64<TFormat>(a, mode, ref *flags);
        RaiseInexactIf(inexact, flags);
        return (ulong)whole;
    }
}
