using System.Runtime.CompilerServices;

namespace Emu.Ir.Float;

public static unsafe partial class HostFloat
{
    /// <summary>From binary32 to binary64: exact, but NaNs become canonical and signalling ones are invalid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Widen(ulong a, uint* flags)
    {
        var x = BitConverter.UInt32BitsToSingle((uint)a);
        return float.IsNaN(x) ? WidenNaN(a, flags) : BitConverter.DoubleToUInt64Bits(x);
    }

    /// <summary>From binary64 to binary32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Narrow(ulong a, IrRounding mode, uint* flags)
    {
        var x = BitConverter.UInt64BitsToDouble(a);
        var narrow = (float)x;
        var result = (ulong)BitConverter.SingleToUInt32Bits(narrow);
        return IsFinal<Binary32>(result, mode, *flags) || narrow == x ? result : NarrowSlow(a, mode, flags);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong WidenNaN(ulong a, uint* flags) => SoftFloat.Convert<Binary32, Binary64>(a, IrRounding.NearestEven, ref *flags);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong NarrowSlow(ulong a, IrRounding mode, uint* flags) => SoftFloat.Convert<Binary64, Binary32>(a, mode, ref *flags);
}
