using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>The quotient in binary64; false if <see cref="Div64"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDiv64(ulong a, ulong b, IrRounding mode, uint flags, out ulong quotient)
    {
        quotient = BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(a) / BitConverter.UInt64BitsToDouble(b));
        return IsFinal<Binary64>(quotient, mode, flags);
    }

    /// <summary>The quotient in binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Div64(ulong a, ulong b, IrRounding mode, uint* flags) =>
        TryDiv64(a, b, mode, *flags, out var quotient) ? quotient : DivideSlow<Binary64, double>(a, b, mode, flags);

    /// <summary>The quotient in binary32; false if <see cref="Div32"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDiv32(ulong a, ulong b, IrRounding mode, uint flags, out ulong quotient)
    {
        quotient = BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)a) / BitConverter.UInt32BitsToSingle((uint)b));
        return IsFinal<Binary32>(quotient, mode, flags);
    }

    /// <summary>The quotient in binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Div32(ulong a, ulong b, IrRounding mode, uint* flags) =>
        TryDiv32(a, b, mode, *flags, out var quotient) ? quotient : DivideSlow<Binary32, float>(a, b, mode, flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong DivideSlow<TFormat, THost>(ulong a, ulong b, IrRounding mode, uint* flags)
        where TFormat : struct, IHostFormat<THost>
        where THost : struct, IBinaryFloatingPointIeee754<THost>
    {
        if (mode == IrRounding.NearestEven)
        {
            THost x = TFormat.ToHost(a), y = TFormat.ToHost(b);
            var quotient = x / y;
            var result = TFormat.FromHost(quotient);
            if (x == THost.Zero && quotient == THost.Zero) return result;
            if (IsOrdinary<TFormat>(result) && IsFarFromUnderflow<TFormat>(a))
            {
                // The remainder of a quotient to nearest has no more digits than a format, and the lowest one is representable.
                RaiseInexactIf(THost.FusedMultiplyAdd(-quotient, y, x) != THost.Zero, flags);
                return result;
            }
        }
        return SoftFloat.Divide<TFormat>(a, b, mode, ref *flags);
    }
}
