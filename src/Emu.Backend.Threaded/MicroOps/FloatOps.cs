using Emu.Ir;
using Emu.Ir.Float;

namespace Emu.Backend.Threaded.MicroOps;

// Ops that are called, not inlined: each row is one function of Emu.Ir.Float.

internal readonly unsafe struct FloatMin64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Min64(a, b, flags); }
internal readonly unsafe struct FloatMax64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Max64(a, b, flags); }
internal readonly unsafe struct FloatToInt32From64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToInt32From64(a, mode, flags); }
internal readonly unsafe struct FloatToUInt32From64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToUInt32From64(a, mode, flags); }
internal readonly unsafe struct FloatToInt64From64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToInt64From64(a, mode, flags); }
internal readonly unsafe struct FloatToUInt64From64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToUInt64From64(a, mode, flags); }
internal readonly unsafe struct FloatFromInt32To64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromInt32To64(a); }
internal readonly unsafe struct FloatFromUInt32To64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromUInt32To64(a); }
internal readonly unsafe struct FloatFromInt64To64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromInt64To64(a, mode, flags); }
internal readonly unsafe struct FloatFromUInt64To64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromUInt64To64(a, mode, flags); }
internal readonly unsafe struct FloatMin32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Min32(a, b, flags); }
internal readonly unsafe struct FloatMax32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Max32(a, b, flags); }
internal readonly unsafe struct FloatToInt32From32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToInt32From32(a, mode, flags); }
internal readonly unsafe struct FloatToUInt32From32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToUInt32From32(a, mode, flags); }
internal readonly unsafe struct FloatToInt64From32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToInt64From32(a, mode, flags); }
internal readonly unsafe struct FloatToUInt64From32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.ToUInt64From32(a, mode, flags); }
internal readonly unsafe struct FloatFromInt32To32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromInt32To32(a, mode, flags); }
internal readonly unsafe struct FloatFromUInt32To32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromUInt32To32(a, mode, flags); }
internal readonly unsafe struct FloatFromInt64To32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromInt64To32(a, mode, flags); }
internal readonly unsafe struct FloatFromUInt64To32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.FromUInt64To32(a, mode, flags); }
internal readonly unsafe struct FloatWiden : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Widen(a, flags); }
internal readonly unsafe struct FloatNarrow : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => HostFloat.Narrow(a, mode, flags); }
internal readonly unsafe struct FloatClass64 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => SoftFloat.Classify<Binary64>(a); }
internal readonly unsafe struct FloatClass32 : IFloatOp { public static ulong Apply(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => SoftFloat.Classify<Binary32>(a); }
