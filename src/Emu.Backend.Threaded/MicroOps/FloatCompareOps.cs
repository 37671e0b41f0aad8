using System.Runtime.CompilerServices;
using Emu.Ir;
using Emu.Ir.Float;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>A comparison whose answer is the host's, without exceptions, unless an operand is a NaN.</summary>
internal interface IFloatCompareOp : IFloatOp
{
    static abstract bool Host(ulong a, ulong b);

    static abstract bool IsOrdered(ulong a, ulong b);
}

internal readonly unsafe struct FloatEqual64 : IFloatCompareOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Host(ulong a, ulong b) => BitConverter.UInt64BitsToDouble(a) == BitConverter.UInt64BitsToDouble(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdered(ulong a, ulong b) => !double.IsNaN(BitConverter.UInt64BitsToDouble(a)) && !double.IsNaN(BitConverter.UInt64BitsToDouble(b));

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Equal64(a, b, flags);
}

internal readonly unsafe struct FloatLess64 : IFloatCompareOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Host(ulong a, ulong b) => BitConverter.UInt64BitsToDouble(a) < BitConverter.UInt64BitsToDouble(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdered(ulong a, ulong b) => !double.IsNaN(BitConverter.UInt64BitsToDouble(a)) && !double.IsNaN(BitConverter.UInt64BitsToDouble(b));

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Less64(a, b, flags);
}

internal readonly unsafe struct FloatLessEqual64 : IFloatCompareOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Host(ulong a, ulong b) => BitConverter.UInt64BitsToDouble(a) <= BitConverter.UInt64BitsToDouble(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdered(ulong a, ulong b) => !double.IsNaN(BitConverter.UInt64BitsToDouble(a)) && !double.IsNaN(BitConverter.UInt64BitsToDouble(b));

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.LessEqual64(a, b, flags);
}

internal readonly unsafe struct FloatEqual32 : IFloatCompareOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Host(ulong a, ulong b) => BitConverter.UInt32BitsToSingle((uint)a) == BitConverter.UInt32BitsToSingle((uint)b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdered(ulong a, ulong b) => !float.IsNaN(BitConverter.UInt32BitsToSingle((uint)a)) && !float.IsNaN(BitConverter.UInt32BitsToSingle((uint)b));

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Equal32(a, b, flags);
}

internal readonly unsafe struct FloatLess32 : IFloatCompareOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Host(ulong a, ulong b) => BitConverter.UInt32BitsToSingle((uint)a) < BitConverter.UInt32BitsToSingle((uint)b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdered(ulong a, ulong b) => !float.IsNaN(BitConverter.UInt32BitsToSingle((uint)a)) && !float.IsNaN(BitConverter.UInt32BitsToSingle((uint)b));

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Less32(a, b, flags);
}

internal readonly unsafe struct FloatLessEqual32 : IFloatCompareOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Host(ulong a, ulong b) => BitConverter.UInt32BitsToSingle((uint)a) <= BitConverter.UInt32BitsToSingle((uint)b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdered(ulong a, ulong b) => !float.IsNaN(BitConverter.UInt32BitsToSingle((uint)a)) && !float.IsNaN(BitConverter.UInt32BitsToSingle((uint)b));

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.LessEqual32(a, b, flags);
}
