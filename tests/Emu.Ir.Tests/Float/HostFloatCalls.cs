using Emu.Ir.Float;

namespace Emu.Ir.Tests.Float;

/// <summary>The method of <see cref="HostFloat"/> for each op and size.</summary>
internal static unsafe class HostFloatCalls
{
    public static ulong Call(in FloatVector v, uint* flags) => v.Size == 4 ? Call32(v, flags) : Call64(v, flags);

    private static ulong Call64(in FloatVector v, uint* flags) => v.Op switch
    {
        IrOp.FloatAdd => HostFloat.Add64(v.A, v.B, v.Mode, flags),
        IrOp.FloatSub => HostFloat.Sub64(v.A, v.B, v.Mode, flags),
        IrOp.FloatMul => HostFloat.Mul64(v.A, v.B, v.Mode, flags),
        IrOp.FloatDiv => HostFloat.Div64(v.A, v.B, v.Mode, flags),
        IrOp.FloatSqrt => HostFloat.Sqrt64(v.A, v.Mode, flags),
        IrOp.FloatMulAdd => HostFloat.MulAdd64(v.A, v.B, v.C, v.Mode, flags),
        IrOp.FloatMin => HostFloat.Min64(v.A, v.B, flags),
        IrOp.FloatMax => HostFloat.Max64(v.A, v.B, flags),
        IrOp.FloatEqual => HostFloat.Equal64(v.A, v.B, flags),
        IrOp.FloatLess => HostFloat.Less64(v.A, v.B, flags),
        IrOp.FloatLessEqual => HostFloat.LessEqual64(v.A, v.B, flags),
        IrOp.FloatClass => SoftFloat.Classify<Binary64>(v.A),
        IrOp.FloatToInt32 => HostFloat.ToInt32From64(v.A, v.Mode, flags),
        IrOp.FloatToUInt32 => HostFloat.ToUInt32From64(v.A, v.Mode, flags),
        IrOp.FloatToInt64 => HostFloat.ToInt64From64(v.A, v.Mode, flags),
        IrOp.FloatToUInt64 => HostFloat.ToUInt64From64(v.A, v.Mode, flags),
        IrOp.FloatFromInt32 => HostFloat.FromInt32To64(v.A),
        IrOp.FloatFromUInt32 => HostFloat.FromUInt32To64(v.A),
        IrOp.FloatFromInt64 => HostFloat.FromInt64To64(v.A, v.Mode, flags),
        IrOp.FloatFromUInt64 => HostFloat.FromUInt64To64(v.A, v.Mode, flags),
        IrOp.FloatNarrow => HostFloat.Narrow(v.A, v.Mode, flags),
        _ => throw new ArgumentOutOfRangeException(nameof(v), v, "no such op of 64 bits"),
    };

    private static ulong Call32(in FloatVector v, uint* flags) => v.Op switch
    {
        IrOp.FloatAdd => HostFloat.Add32(v.A, v.B, v.Mode, flags),
        IrOp.FloatSub => HostFloat.Sub32(v.A, v.B, v.Mode, flags),
        IrOp.FloatMul => HostFloat.Mul32(v.A, v.B, v.Mode, flags),
        IrOp.FloatDiv => HostFloat.Div32(v.A, v.B, v.Mode, flags),
        IrOp.FloatSqrt => HostFloat.Sqrt32(v.A, v.Mode, flags),
        IrOp.FloatMulAdd => HostFloat.MulAdd32(v.A, v.B, v.C, v.Mode, flags),
        IrOp.FloatMin => HostFloat.Min32(v.A, v.B, flags),
        IrOp.FloatMax => HostFloat.Max32(v.A, v.B, flags),
        IrOp.FloatEqual => HostFloat.Equal32(v.A, v.B, flags),
        IrOp.FloatLess => HostFloat.Less32(v.A, v.B, flags),
        IrOp.FloatLessEqual => HostFloat.LessEqual32(v.A, v.B, flags),
        IrOp.FloatClass => SoftFloat.Classify<Binary32>(v.A),
        IrOp.FloatToInt32 => HostFloat.ToInt32From32(v.A, v.Mode, flags),
        IrOp.FloatToUInt32 => HostFloat.ToUInt32From32(v.A, v.Mode, flags),
        IrOp.FloatToInt64 => HostFloat.ToInt64From32(v.A, v.Mode, flags),
        IrOp.FloatToUInt64 => HostFloat.ToUInt64From32(v.A, v.Mode, flags),
        IrOp.FloatFromInt32 => HostFloat.FromInt32To32(v.A, v.Mode, flags),
        IrOp.FloatFromUInt32 => HostFloat.FromUInt32To32(v.A, v.Mode, flags),
        IrOp.FloatFromInt64 => HostFloat.FromInt64To32(v.A, v.Mode, flags),
        IrOp.FloatFromUInt64 => HostFloat.FromUInt64To32(v.A, v.Mode, flags),
        IrOp.FloatWiden => HostFloat.Widen(v.A, flags),
        _ => throw new ArgumentOutOfRangeException(nameof(v), v, "no such op of 32 bits"),
    };
}
