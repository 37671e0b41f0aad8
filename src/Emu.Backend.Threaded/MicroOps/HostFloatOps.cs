using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Ir.Float;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>A floating-point op of one width as a type.</summary>
internal unsafe interface IFloatOp
{
    /// <summary>The exact result; raises exceptions in <paramref name="flags"/>.</summary>
    static abstract ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags);
}

/// <summary>A floating-point op that the host computes in one instruction.</summary>
internal interface IHostFloatOp : IFloatOp
{
    /// <summary>The host's result, rounded to nearest.</summary>
    static abstract ulong Host(ulong a, ulong b, ulong c);

    /// <summary>True if such a result can have no exception but inexact: far from zero, subnormal, infinite and NaN.</summary>
    static abstract bool IsOrdinary(ulong result);
}

/// <summary>One that may stand with other ops in one handler.</summary>
internal interface IFusedFloatOp : IHostFloatOp
{
    static abstract IrOp Op { get; }
}

/// <summary>Where a floating-point op finds its rounding mode, as a type.</summary>
internal unsafe interface IRoundingSource
{
    static abstract IrRounding Mode(VCpuState* state, Op* op);

    /// <summary>False if the mode is none: then the instruction is illegal.</summary>
    static abstract bool Exists(VCpuState* state);

    /// <summary>True if the mode is to nearest even and inexact is already raised: then an ordinary host result is the whole answer.</summary>
    static abstract bool TrustsHost(VCpuState* state, Op* op);
}

/// <summary>The mode that the guest set.</summary>
internal readonly unsafe struct DynamicRounding : IRoundingSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IrRounding Mode(VCpuState* state, Op* op) => (IrRounding)state->RoundingMode;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Exists(VCpuState* state) => state->RoundingMode <= (uint)IrRounding.NearestAway;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrustsHost(VCpuState* state, Op* op) => (state->FloatStatus & 0xFFFFFFFF_00000001) == 1;
}

/// <summary>The mode that the instruction names: the op's immediate.</summary>
internal readonly unsafe struct StaticRounding : IRoundingSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IrRounding Mode(VCpuState* state, Op* op) => (IrRounding)op->Imm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Exists(VCpuState* state) => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrustsHost(VCpuState* state, Op* op) => (op->Imm | (~state->FloatFlags & 1)) == 0;
}

internal readonly unsafe struct FloatAdd64 : IFusedFloatOp
{
    public static IrOp Op => IrOp.FloatAdd;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(a) + BitConverter.UInt64BitsToDouble(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary64>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Add64(a, b, mode, flags);
}

internal readonly unsafe struct FloatSub64 : IFusedFloatOp
{
    public static IrOp Op => IrOp.FloatSub;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(a) - BitConverter.UInt64BitsToDouble(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary64>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Sub64(a, b, mode, flags);
}

internal readonly unsafe struct FloatMul64 : IFusedFloatOp
{
    public static IrOp Op => IrOp.FloatMul;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(a) * BitConverter.UInt64BitsToDouble(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary64>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Mul64(a, b, mode, flags);
}

internal readonly unsafe struct FloatDiv64 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.DoubleToUInt64Bits(BitConverter.UInt64BitsToDouble(a) / BitConverter.UInt64BitsToDouble(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary64>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Div64(a, b, mode, flags);
}

internal readonly unsafe struct FloatSqrt64 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.DoubleToUInt64Bits(Math.Sqrt(BitConverter.UInt64BitsToDouble(a)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary64>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Sqrt64(a, mode, flags);
}

internal readonly unsafe struct FloatMulAdd64 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.DoubleToUInt64Bits(Math.FusedMultiplyAdd(BitConverter.UInt64BitsToDouble(a), BitConverter.UInt64BitsToDouble(b), BitConverter.UInt64BitsToDouble(c)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary64>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.MulAdd64(a, b, c, mode, flags);
}

internal readonly unsafe struct FloatAdd32 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)a) + BitConverter.UInt32BitsToSingle((uint)b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary32>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Add32(a, b, mode, flags);
}

internal readonly unsafe struct FloatSub32 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)a) - BitConverter.UInt32BitsToSingle((uint)b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary32>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Sub32(a, b, mode, flags);
}

internal readonly unsafe struct FloatMul32 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)a) * BitConverter.UInt32BitsToSingle((uint)b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary32>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Mul32(a, b, mode, flags);
}

internal readonly unsafe struct FloatDiv32 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)a) / BitConverter.UInt32BitsToSingle((uint)b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary32>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Div32(a, b, mode, flags);
}

internal readonly unsafe struct FloatSqrt32 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.SingleToUInt32Bits(MathF.Sqrt(BitConverter.UInt32BitsToSingle((uint)a)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary32>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Sqrt32(a, mode, flags);
}

internal readonly unsafe struct FloatMulAdd32 : IHostFloatOp
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Host(ulong a, ulong b, ulong c) =>
        BitConverter.SingleToUInt32Bits(MathF.FusedMultiplyAdd(BitConverter.UInt32BitsToSingle((uint)a), BitConverter.UInt32BitsToSingle((uint)b), BitConverter.UInt32BitsToSingle((uint)c)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(ulong result) => HostFloat.IsOrdinary<Binary32>(result);

    public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.MulAdd32(a, b, c, mode, flags);
}
