using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>A floating-point op.</summary>
internal static unsafe class Float<TFloatOp, TRounding>
    where TFloatOp : struct, IFloatOp
    where TRounding : struct, IRoundingSource
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op)
        {
            var bytes = (byte*)state;
            *(ulong*)(bytes + op->D) = TFloatOp.Apply(
                *(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B), *(ulong*)(bytes + op->C), TRounding.Mode(state, op), &state->FloatFlags);
            return op[1].Run(state, op + 1);
        }
    }
}

/// <summary>The handlers of floating-point ops.</summary>
internal static unsafe class FloatHandlers
{
    /// <summary>The handler of an op in a width of 4 or 8 bytes.</summary>
    public static nint Of(IrOp op, int size, bool dynamic) => size == 8 || op is IrOp.FloatWiden or IrOp.FloatNarrow ? Of64(op, dynamic) : Of32(op, dynamic);

    private static nint Of64(IrOp op, bool dynamic) => op switch
    {
        IrOp.FloatAdd => Of<Add64>(dynamic),
        IrOp.FloatSub => Of<Sub64>(dynamic),
        IrOp.FloatMul => Of<Mul64>(dynamic),
        IrOp.FloatDiv => Of<Div64>(dynamic),
        IrOp.FloatSqrt => Of<Sqrt64>(dynamic),
        IrOp.FloatMulAdd => Of<MulAdd64>(dynamic),
        IrOp.FloatMin => Of<Min64>(dynamic),
        IrOp.FloatMax => Of<Max64>(dynamic),
        IrOp.FloatEqual => Of<Equal64>(dynamic),
        IrOp.FloatLess => Of<Less64>(dynamic),
        IrOp.FloatLessEqual => Of<LessEqual64>(dynamic),
        IrOp.FloatClass => Of<Class64>(dynamic),
        IrOp.FloatToInt32 => Of<ToInt32From64>(dynamic),
        IrOp.FloatToUInt32 => Of<ToUInt32From64>(dynamic),
        IrOp.FloatToInt64 => Of<ToInt64From64>(dynamic),
        IrOp.FloatToUInt64 => Of<ToUInt64From64>(dynamic),
        IrOp.FloatFromInt32 => Of<FromInt32To64>(dynamic),
        IrOp.FloatFromUInt32 => Of<FromUInt32To64>(dynamic),
        IrOp.FloatFromInt64 => Of<FromInt64To64>(dynamic),
        IrOp.FloatFromUInt64 => Of<FromUInt64To64>(dynamic),
        IrOp.FloatWiden => Of<Widen>(dynamic),
        IrOp.FloatNarrow => Of<NarrowF>(dynamic),
        _ => throw new InvalidOperationException($"{op} is no floating-point op"),
    };

    private static nint Of32(IrOp op, bool dynamic) => op switch
    {
        IrOp.FloatAdd => Of<Add32F>(dynamic),
        IrOp.FloatSub => Of<Sub32F>(dynamic),
        IrOp.FloatMul => Of<Mul32F>(dynamic),
        IrOp.FloatDiv => Of<Div32F>(dynamic),
        IrOp.FloatSqrt => Of<Sqrt32>(dynamic),
        IrOp.FloatMulAdd => Of<MulAdd32>(dynamic),
        IrOp.FloatMin => Of<Min32>(dynamic),
        IrOp.FloatMax => Of<Max32>(dynamic),
        IrOp.FloatEqual => Of<Equal32>(dynamic),
        IrOp.FloatLess => Of<Less32>(dynamic),
        IrOp.FloatLessEqual => Of<LessEqual32>(dynamic),
        IrOp.FloatClass => Of<Class32>(dynamic),
        IrOp.FloatToInt32 => Of<ToInt32From32>(dynamic),
        IrOp.FloatToUInt32 => Of<ToUInt32From32>(dynamic),
        IrOp.FloatToInt64 => Of<ToInt64From32>(dynamic),
        IrOp.FloatToUInt64 => Of<ToUInt64From32>(dynamic),
        IrOp.FloatFromInt32 => Of<FromInt32To32>(dynamic),
        IrOp.FloatFromUInt32 => Of<FromUInt32To32>(dynamic),
        IrOp.FloatFromInt64 => Of<FromInt64To32>(dynamic),
        IrOp.FloatFromUInt64 => Of<FromUInt64To32>(dynamic),
        _ => throw new InvalidOperationException($"{op} is no floating-point op"),
    };

    private static nint Of<TFloatOp>(bool dynamic)
        where TFloatOp : struct, IFloatOp => (nint)(dynamic
            ? (delegate*<VCpuState*, Op*, nint>)&Float<TFloatOp, DynamicRounding>.RawCalliHelper.Run
            : &Float<TFloatOp, StaticRounding>.RawCalliHelper.Run);
}
