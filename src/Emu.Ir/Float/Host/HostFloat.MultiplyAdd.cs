using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>The fused <c>a * b + c</c> in binary64; false if <see cref="MulAdd64"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMulAdd64(ulong a, ulong b, ulong c, IrRounding mode, uint flags, out ulong sum)
    {
        sum = BitConverter.DoubleToUInt64Bits(Math.FusedMultiplyAdd(
            BitConverter.UInt64BitsToDouble(a),
            BitConverter.UInt64BitsToDouble(b),
            BitConverter.UInt64BitsToDouble(c)));
        return IsFinal<Binary64>(sum, mode, flags);
    }

    /// <summary>The fused <c>a * b + c</c> in binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MulAdd64(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) =>
        TryMulAdd64(a, b, c, mode, *flags, out var sum) ? sum : MultiplyAddSlow<Binary64, double>(a, b, c, mode, flags);

    /// <summary>The fused <c>a * b + c</c> in binary32; false if <see cref="MulAdd32"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMulAdd32(ulong a, ulong b, ulong c, IrRounding mode, uint flags, out ulong sum)
    {
        sum = BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd(
            BitConverter.UInt32BitsToSingle((uint)a),
            BitConverter.UInt32BitsToSingle((uint)b),
            BitConverter.UInt32BitsToSingle((uint)c)));
        return IsFinal<Binary32>(sum, mode, flags);
    }

    /// <summary>The fused <c>a * b + c</c> in binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MulAdd32(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) =>
        TryMulAdd32(a, b, c, mode, *flags, out var sum) ? sum : MultiplyAddSlow<Binary32, float>(a, b, c, mode, flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong MultiplyAddSlow<TFormat, THost>(ulong a, ulong b, ulong c, IrRounding mode, uint* flags)
        where TFormat : struct, IHostFormat<THost>
        where THost : struct, IBinaryFloatingPointIeee754<THost>
    {
        if (mode == IrRounding.NearestEven && IsFarFromOverflow<TFormat>(c))
        {
            THost x = TFormat.ToHost(a), y = TFormat.ToHost(b), z = TFormat.ToHost(c);
            var product = x * y;
            // With an exact product this is an ordinary sum. An inexact one is rare before the inexact flag is set.
            if (TryProductError<TFormat, THost>(x, y, product, out var error) && error == THost.Zero)
            {
                var sum = product + z;
                RaiseInexactIf(SumError(product, z, sum) != THost.Zero, flags);
                return TFormat.FromHost(sum);
            }
        }
        return SoftFloat.FusedMultiplyAdd<TFormat>(a, b, c, mode, ref *flags);
    }
}
