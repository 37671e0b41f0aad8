using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>The square root in binary64; false if <see cref="Sqrt64"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySqrt64(ulong a, IrRounding mode, uint flags, out ulong root)
    {
        root = BitConverter.DoubleToUInt64Bits(Math.Sqrt(BitConverter.UInt64BitsToDouble(a)));
        return IsFinal<Binary64>(root, mode, flags);
    }

    /// <summary>The square root in binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Sqrt64(ulong a, IrRounding mode, uint* flags) =>
        TrySqrt64(a, mode, *flags, out var root) ? root : SquareRootSlow<Binary64, double>(a, mode, flags);

    /// <summary>The square root in binary32; false if <see cref="Sqrt32"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySqrt32(ulong a, IrRounding mode, uint flags, out ulong root)
    {
        root = BitConverter.SingleToUInt32Bits(MathF.Sqrt(BitConverter.UInt32BitsToSingle((uint)a)));
        return IsFinal<Binary32>(root, mode, flags);
    }

    /// <summary>The square root in binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Sqrt32(ulong a, IrRounding mode, uint* flags) =>
        TrySqrt32(a, mode, *flags, out var root) ? root : SquareRootSlow<Binary32, float>(a, mode, flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong SquareRootSlow<TFormat, THost>(ulong a, IrRounding mode, uint* flags)
        where TFormat : struct, IHostFormat<THost>
        where THost : struct, IBinaryFloatingPointIeee754<THost>
    {
        var x = TFormat.ToHost(a);
        if (mode == IrRounding.NearestEven && x > THost.Zero && IsFarFromUnderflow<TFormat>(a) && IsFarFromOverflow<TFormat>(a))
        {
            var root = THost.Sqrt(x);
            RaiseInexactIf(THost.FusedMultiplyAdd(-root, root, x) != THost.Zero, flags);
            return TFormat.FromHost(root);
        }
        return SoftFloat.SquareRoot<TFormat>(a, mode, ref *flags);
    }
}
