using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>From the low 32 bits as a signed integer to binary64: exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromInt32To64(ulong a) => BitConverter.DoubleToUInt64Bits((int)a);

    /// <summary>From the low 32 bits as an unsigned integer to binary64: exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromUInt32To64(ulong a) => BitConverter.DoubleToUInt64Bits((uint)a);

    /// <summary>From a signed 64-bit integer to binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromInt64To64(ulong a, IrRounding mode, uint* flags) =>
        IsConverted<Binary64>((long)a, mode, *flags)
            ? BitConverter.DoubleToUInt64Bits((long)a)
            : FromSignedSlow<Binary64>((long)a, mode, flags);

    /// <summary>From an unsigned 64-bit integer to binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromUInt64To64(ulong a, IrRounding mode, uint* flags) =>
        (long)a >= 0 ? FromInt64To64(a, mode, flags) : FromUnsignedSlow<Binary64>(a, mode, flags);

    /// <summary>From the low 32 bits as a signed integer to binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromInt32To32(ulong a, IrRounding mode, uint* flags) => FromInt64To32((ulong)(int)a, mode, flags);

    /// <summary>From the low 32 bits as an unsigned integer to binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromUInt32To32(ulong a, IrRounding mode, uint* flags) => FromInt64To32((uint)a, mode, flags);

    /// <summary>From a signed 64-bit integer to binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromInt64To32(ulong a, IrRounding mode, uint* flags) =>
        IsConverted<Binary32>((long)a, mode, *flags)
            ? BitConverter.SingleToUInt32Bits((long)a)
            : FromSignedSlow<Binary32>((long)a, mode, flags);

    /// <summary>From an unsigned 64-bit integer to binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong FromUInt64To32(ulong a, IrRounding mode, uint* flags) =>
        (long)a >= 0 ? FromInt64To32(a, mode, flags) : FromUnsignedSlow<Binary32>(a, mode, flags);

    /// <summary>Whether the host's conversion stands and adds no flag: the integer has no more digits than the format, or see <see cref="IsFinal{TFormat}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsConverted<TFormat>(long value, IrRounding mode, uint flags) where TFormat : struct, IFloatFormat
    {
        var lowestBeyond = 1L << FloatFormat<TFormat>.Precision;
        return (ulong)(value + lowestBeyond) <= 2 * (ulong)lowestBeyond
            || ((flags & FloatFlags.Inexact) != 0 && mode == IrRounding.NearestEven);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong FromSignedSlow<TFormat>(long value, IrRounding mode, uint* flags) where TFormat : struct, IFloatFormat =>
        SoftFloat.FromSigned<TFormat>(value, mode, ref *flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong FromUnsignedSlow<TFormat>(ulong value, IrRounding mode, uint* flags) where TFormat : struct, IFloatFormat =>
        SoftFloat.FromUnsigned<TFormat>(value, mode, ref *flags);
}
