using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>1 if equal, else 0; quiet; binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal64(ulong a, ulong b, uint* flags)
    {
        double x = BitConverter.UInt64BitsToDouble(a), y = BitConverter.UInt64BitsToDouble(b);
        return double.IsNaN(x) || double.IsNaN(y) ? EqualUnordered<Binary64>(a, b, flags) : x == y ? 1UL : 0;
    }

    /// <summary>1 if a &lt; b, else 0; signalling; binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Less64(ulong a, ulong b, uint* flags)
    {
        double x = BitConverter.UInt64BitsToDouble(a), y = BitConverter.UInt64BitsToDouble(b);
        return double.IsNaN(x) || double.IsNaN(y) ? LessUnordered<Binary64>(a, b, flags) : x < y ? 1UL : 0;
    }

    /// <summary>1 if a &lt;= b, else 0; signalling; binary64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LessEqual64(ulong a, ulong b, uint* flags)
    {
        double x = BitConverter.UInt64BitsToDouble(a), y = BitConverter.UInt64BitsToDouble(b);
        return double.IsNaN(x) || double.IsNaN(y) ? LessEqualUnordered<Binary64>(a, b, flags) : x <= y ? 1UL : 0;
    }

    /// <summary>1 if equal, else 0; quiet; binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal32(ulong a, ulong b, uint* flags)
    {
        float x = BitConverter.UInt32BitsToSingle((uint)a), y = BitConverter.UInt32BitsToSingle((uint)b);
        return float.IsNaN(x) || float.IsNaN(y) ? EqualUnordered<Binary32>(a, b, flags) : x == y ? 1UL : 0;
    }

    /// <summary>1 if a &lt; b, else 0; signalling; binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Less32(ulong a, ulong b, uint* flags)
    {
        float x = BitConverter.UInt32BitsToSingle((uint)a), y = BitConverter.UInt32BitsToSingle((uint)b);
        return float.IsNaN(x) || float.IsNaN(y) ? LessUnordered<Binary32>(a, b, flags) : x < y ? 1UL : 0;
    }

    /// <summary>1 if a &lt;= b, else 0; signalling; binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LessEqual32(ulong a, ulong b, uint* flags)
    {
        float x = BitConverter.UInt32BitsToSingle((uint)a), y = BitConverter.UInt32BitsToSingle((uint)b);
        return float.IsNaN(x) || float.IsNaN(y) ? LessEqualUnordered<Binary32>(a, b, flags) : x <= y ? 1UL : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong EqualUnordered<TFormat>(ulong a, ulong b, uint* flags) where TFormat : struct, IFloatFormat =>
        SoftFloat.Equal<TFormat>(a, b, ref *flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong LessUnordered<TFormat>(ulong a, ulong b, uint* flags) where TFormat : struct, IFloatFormat =>
        SoftFloat.Less<TFormat>(a, b, ref *flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong LessEqualUnordered<TFormat>(ulong a, ulong b, uint* flags) where TFormat : struct, IFloatFormat =>
        SoftFloat.LessEqual<TFormat>(a, b, ref *flags);
}
