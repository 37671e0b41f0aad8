using System.Numerics;
using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>The sum in binary64; false if <see cref="Add64"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryAdd64(ulong a, ulong b, IrRounding mode, uint flags, out ulong sum)
    {
        sum = BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(a) + BitConverter.UInt64BitsToDouble(b));
        return IsFinal<Binary64>(sum, mode, flags);
    }

    /// <summary>The sum in binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add64(ulong a, ulong b, IrRounding mode, uint* flags) =>
        TryAdd64(a, b, mode, *flags, out var sum) ? sum : AddSlow<Binary64, double>(a, b, mode, flags);

    /// <summary>The sum in binary32; false if <see cref="Add32"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryAdd32(ulong a, ulong b, IrRounding mode, uint flags, out ulong sum)
    {
        sum = BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)a) + BitConverter.UInt32BitsToSingle((uint)b));
        return IsFinal<Binary32>(sum, mode, flags);
    }

    /// <summary>The sum in binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add32(ulong a, ulong b, IrRounding mode, uint* flags) =>
        TryAdd32(a, b, mode, *flags, out var sum) ? sum : AddSlow<Binary32, float>(a, b, mode, flags);

    /// <summary>The difference in binary64; false if <see cref="Sub64"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySub64(ulong a, ulong b, IrRounding mode, uint flags, out ulong difference)
    {
        difference = BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(a) - BitConverter.UInt64BitsToDouble(b));
        return IsFinal<Binary64>(difference, mode, flags);
    }

    /// <summary>The difference in binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Sub64(ulong a, ulong b, IrRounding mode, uint* flags) =>
        TrySub64(a, b, mode, *flags, out var difference) ? difference : AddSlow<Binary64, double>(a, b ^ FloatFormat<Binary64>.SignBit, mode, flags);

    /// <summary>The difference in binary32; false if <see cref="Sub32"/> must be asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySub32(ulong a, ulong b, IrRounding mode, uint flags, out ulong difference)
    {
        difference = BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)a) - BitConverter.UInt32BitsToSingle((uint)b));
        return IsFinal<Binary32>(difference, mode, flags);
    }

    /// <summary>The difference in binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Sub32(ulong a, ulong b, IrRounding mode, uint* flags) =>
        TrySub32(a, b, mode, *flags, out var difference) ? difference : AddSlow<Binary32, float>(a, b ^ FloatFormat<Binary32>.SignBit, mode, flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong AddSlow<TFormat, THost>(ulong a, ulong b, IrRounding mode, uint* flags)
        where TFormat : struct, IHostFormat<THost>
        where THost : struct, IBinaryFloatingPointIeee754<THost>
    {
        if (mode == IrRounding.NearestEven && IsFarFromOverflow<TFormat>(a) && IsFarFromOverflow<TFormat>(b))
        {
            // A sum is never both tiny and inexact, so that small results need no care.
            THost x = TFormat.ToHost(a), y = TFormat.ToHost(b);
            var sum = x + y;
            RaiseInexactIf(SumError(x, y, sum) != THost.Zero, flags);
            return TFormat.FromHost(sum);
        }
        return SoftFloat.Add<TFormat>(a, b, mode, ref *flags);
    }
}
