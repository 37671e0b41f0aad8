using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>The product in binary64; false if <see cref="Mul64"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMul64(ulong a, ulong b, IrRounding mode, uint flags, out ulong product)
    {
        product = BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(a) * BitConverter.UInt64BitsToDouble(b));
        return IsFinal<Binary64>(product, mode, flags);
    }

    /// <summary>The product in binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mul64(ulong a, ulong b, IrRounding mode, uint* flags) =>
        TryMul64(a, b, mode, *flags, out var product) ? product : MultiplySlow<Binary64, double>(a, b, mode, flags);

    /// <summary>The product in binary32; false if <see cref="Mul32"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMul32(ulong a, ulong b, IrRounding mode, uint flags, out ulong product)
    {
        product = BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)a) * BitConverter.UInt32BitsToSingle((uint)b));
        return IsFinal<Binary32>(product, mode, flags);
    }

    /// <summary>The product in binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mul32(ulong a, ulong b, IrRounding mode, uint* flags) =>
        TryMul32(a, b, mode, *flags, out var product) ? product : MultiplySlow<Binary32, float>(a, b, mode, flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong MultiplySlow<TFormat, THost>(ulong a, ulong b, IrRounding mode, uint* flags)
        where TFormat : struct, IHostFormat<THost>
        where THost : struct, IBinaryFloatingPointIeee754<THost>
    {
        if (mode == IrRounding.NearestEven)
        {
            THost x = TFormat.ToHost(a), y = TFormat.ToHost(b);
            var product = x * y;
            if (TryProductError<TFormat, THost>(x, y, product, out var error))
            {
                RaiseInexactIf(error != THost.Zero, flags);
                return TFormat.FromHost(product);
            }
        }
        return SoftFloat.Multiply<TFormat>(a, b, mode, ref *flags);
    }

    /// <summary>What <c>x * y</c> lost when it was rounded to <paramref name="product"/>; false if that is not sure to be representable.</summary>
    private static bool TryProductError<TFormat, THost>(THost x, THost y, THost product, out THost error)
        where TFormat : struct, IHostFormat<THost>
        where THost : struct, IBinaryFloatingPointIeee754<THost>
    {
        var bits = TFormat.FromHost(product);
        if (IsFarFromUnderflow<TFormat>(bits) && IsFarFromOverflow<TFormat>(bits))
        {
            error = THost.FusedMultiplyAdd(x, y, -product);
            return true;
        }
        error = THost.Zero;
        return product == THost.Zero && (x == THost.Zero || y == THost.Zero);
    }
}
