using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Ir.Float;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>A floating-point op of one width as a type.</summary>
internal unsafe interface IFloatOp
{
    /// <summary>The result; raises exceptions in <paramref name="flags"/>.</summary>
    static abstract ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags);
}

/// <summary>Where a floating-point op finds its rounding mode, as a type.</summary>
internal unsafe interface IRoundingSource
{
    static abstract IrRounding Mode(VCpuState* state, Op* op);
}

/// <summary>The mode that the guest set.</summary>
internal readonly unsafe struct DynamicRounding : IRoundingSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IrRounding Mode(VCpuState* state, Op* op) => (IrRounding)state->RoundingMode;
}

/// <summary>The mode that the instruction names: the op's immediate.</summary>
internal readonly unsafe struct StaticRounding : IRoundingSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IrRounding Mode(VCpuState* state, Op* op) => (IrRounding)op->Imm;
}

internal readonly unsafe struct Add64 : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Add64(a, b, mode, flags); }
internal readonly unsafe struct Sub64 : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Sub64(a, b, mode, flags); }
internal readonly unsafe struct Mul64 : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Mul64(a, b, mode, flags); }
internal readonly unsafe struct Div64 : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Div64(a, b, mode, flags); }
internal readonly unsafe struct Sqrt64 : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Sqrt64(a, mode, flags); }
internal readonly unsafe struct MulAdd64 : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.MulAdd64(a, b, c, mode, flags); }
internal readonly unsafe struct Min64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Min64(a, b, flags); }
internal readonly unsafe struct Max64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Max64(a, b, flags); }
internal readonly unsafe struct Equal64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Equal64(a, b, flags); }
internal readonly unsafe struct Less64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Less64(a, b, flags); }
internal readonly unsafe struct LessEqual64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.LessEqual64(a, b, flags); }
internal readonly unsafe struct ToInt32From64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToInt32From64(a, mode, flags); }
internal readonly unsafe struct ToUInt32From64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToUInt32From64(a, mode, flags); }
internal readonly unsafe struct ToInt64From64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToInt64From64(a, mode, flags); }
internal readonly unsafe struct ToUInt64From64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToUInt64From64(a, mode, flags); }
internal readonly unsafe struct FromInt32To64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromInt32To64(a); }
internal readonly unsafe struct FromUInt32To64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromUInt32To64(a); }
internal readonly unsafe struct FromInt64To64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromInt64To64(a, mode, flags); }
internal readonly unsafe struct FromUInt64To64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromUInt64To64(a, mode, flags); }

internal readonly unsafe struct Add32F : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Add32(a, b, mode, flags); }
internal readonly unsafe struct Sub32F : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Sub32(a, b, mode, flags); }
internal readonly unsafe struct Mul32F : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Mul32(a, b, mode, flags); }
internal readonly unsafe struct Div32F : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Div32(a, b, mode, flags); }
internal readonly unsafe struct Sqrt32 : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Sqrt32(a, mode, flags); }
internal readonly unsafe struct MulAdd32 : IFloatOp { [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.MulAdd32(a, b, c, mode, flags); }
internal readonly unsafe struct Min32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Min32(a, b, flags); }
internal readonly unsafe struct Max32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Max32(a, b, flags); }
internal readonly unsafe struct Equal32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Equal32(a, b, flags); }
internal readonly unsafe struct Less32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Less32(a, b, flags); }
internal readonly unsafe struct LessEqual32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.LessEqual32(a, b, flags); }
internal readonly unsafe struct ToInt32From32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToInt32From32(a, mode, flags); }
internal readonly unsafe struct ToUInt32From32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToUInt32From32(a, mode, flags); }
internal readonly unsafe struct ToInt64From32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToInt64From32(a, mode, flags); }
internal readonly unsafe struct ToUInt64From32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToUInt64From32(a, mode, flags); }
internal readonly unsafe struct FromInt32To32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromInt32To32(a, mode, flags); }
internal readonly unsafe struct FromUInt32To32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromUInt32To32(a, mode, flags); }
internal readonly unsafe struct FromInt64To32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromInt64To32(a, mode, flags); }
internal readonly unsafe struct FromUInt64To32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromUInt64To32(a, mode, flags); }

internal readonly unsafe struct Widen : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Widen(a, flags); }
internal readonly unsafe struct NarrowF : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Narrow(a, mode, flags); }
internal readonly unsafe struct Class64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => SoftFloat.Classify<Binary64>(a); }
internal readonly unsafe struct Class32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => SoftFloat.Classify<Binary32>(a); }
