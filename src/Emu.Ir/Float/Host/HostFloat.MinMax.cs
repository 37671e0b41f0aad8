using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>IEEE 754-2019 minimumNumber of binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Min64(ulong a, ulong b, uint* flags)
    {
        double x = BitConverter.UInt64BitsToDouble(a), y = BitConverter.UInt64BitsToDouble(b);
        if (x < y) return a;
        return x > y ? b : MinimumSlow<Binary64>(a, b, flags);
    }

    /// <summary>IEEE 754-2019 maximumNumber of binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Max64(ulong a, ulong b, uint* flags)
    {
        double x = BitConverter.UInt64BitsToDouble(a), y = BitConverter.UInt64BitsToDouble(b);
        if (x > y) return a;
        return x < y ? b : MaximumSlow<Binary64>(a, b, flags);
    }

    /// <summary>IEEE 754-2019 minimumNumber of binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Min32(ulong a, ulong b, uint* flags)
    {
        float x = BitConverter.UInt32BitsToSingle((uint)a), y = BitConverter.UInt32BitsToSingle((uint)b);
        if (x < y) return (uint)a;
        return x > y ? (uint)b : MinimumSlow<Binary32>(a, b, flags);
    }

    /// <summary>IEEE 754-2019 maximumNumber of binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Max32(ulong a, ulong b, uint* flags)
    {
        float x = BitConverter.UInt32BitsToSingle((uint)a), y = BitConverter.UInt32BitsToSingle((uint)b);
        if (x > y) return (uint)a;
        return x < y ? (uint)b : MaximumSlow<Binary32>(a, b, flags);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong MinimumSlow<TFormat>(ulong a, ulong b, uint* flags) where TFormat : struct, IFloatFormat =>
        SoftFloat.Minimum<TFormat>(a, b, ref *flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong MaximumSlow<TFormat>(ulong a, ulong b, uint* flags) where TFormat : struct, IFloatFormat =>
        SoftFloat.Maximum<TFormat>(a, b, ref *flags);
}
