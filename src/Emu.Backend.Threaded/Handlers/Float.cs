using System.Runtime.CompilerServices;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>A floating-point op whose function is called.</summary>
internal static unsafe class CalledFloat<TFloatOp, TRounding>
    where TFloatOp : struct, IFloatOp
    where TRounding : struct, IRoundingSource
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            if (!TRounding.Exists(state))
                return Leave.IllegalRounding(state, op);
            var bytes = (byte*)state;
            var result = Call(
                *(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B), *(ulong*)(bytes + op->C), TRounding.Mode(state, op), &state->FloatFlags);
            *(ulong*)(bytes + op->D) = result;
            return op[1].Run(state, op + 1, result);
        }
    }

    /// <summary>Not inlined: the function takes addresses of its locals, which would cost the handler its tail call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Call(ulong a, ulong b, ulong c, IrRounding mode, uint* flags) => TFloatOp.Apply(a, b, c, mode, flags);
}

/// <summary>A floating-point op whose ordinary results the host computes.</summary>
internal static unsafe class HostedFloat<TFloatOp, TRounding>
    where TFloatOp : struct, IHostFloatOp
    where TRounding : struct, IRoundingSource
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var bytes = (byte*)state;
            if (!TRounding.TrustsHost(state, op))
                return CalledFloat<TFloatOp, TRounding>.RawCalliHelper.Run(state, op, previous);
            var result = TFloatOp.Host(*(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B), *(ulong*)(bytes + op->C));
            if (!TFloatOp.IsOrdinary(result))
                return CalledFloat<TFloatOp, TRounding>.RawCalliHelper.Run(state, op, previous);
            *(ulong*)(bytes + op->D) = result;
            return op[1].Run(state, op + 1, result);
        }
    }
}

/// <summary>A floating-point comparison.</summary>
internal static unsafe class ComparedFloat<TCompareOp>
    where TCompareOp : struct, IFloatCompareOp
{
    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var bytes = (byte*)state;
            var (a, b) = (*(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B));
            if (!TCompareOp.IsOrdered(a, b))
                return CalledFloat<TCompareOp, StaticRounding>.RawCalliHelper.Run(state, op, previous);
            var result = TCompareOp.Host(a, b) ? 1UL : 0UL;
            *(ulong*)(bytes + op->D) = result;
            return op[1].Run(state, op + 1, result);
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
        IrOp.FloatAdd => Host<FloatAdd64>(dynamic),
        IrOp.FloatSub => Host<FloatSub64>(dynamic),
        IrOp.FloatMul => Host<FloatMul64>(dynamic),
        IrOp.FloatDiv => Host<FloatDiv64>(dynamic),
        IrOp.FloatSqrt => Host<FloatSqrt64>(dynamic),
        IrOp.FloatMulAdd => Host<FloatMulAdd64>(dynamic),
        IrOp.FloatEqual => Compare<FloatEqual64>(dynamic),
        IrOp.FloatLess => Compare<FloatLess64>(dynamic),
        IrOp.FloatLessEqual => Compare<FloatLessEqual64>(dynamic),
        IrOp.FloatMin => Called<FloatMin64>(dynamic),
        IrOp.FloatMax => Called<FloatMax64>(dynamic),
        IrOp.FloatClass => Called<FloatClass64>(dynamic),
        IrOp.FloatToInt32 => Called<FloatToInt32From64>(dynamic),
        IrOp.FloatFromInt32 => Called<FloatFromInt32To64>(dynamic),
        IrOp.FloatToUInt32 => Called<FloatToUInt32From64>(dynamic),
        IrOp.FloatFromUInt32 => Called<FloatFromUInt32To64>(dynamic),
        IrOp.FloatToInt64 => Called<FloatToInt64From64>(dynamic),
        IrOp.FloatFromInt64 => Called<FloatFromInt64To64>(dynamic),
        IrOp.FloatToUInt64 => Called<FloatToUInt64From64>(dynamic),
        IrOp.FloatFromUInt64 => Called<FloatFromUInt64To64>(dynamic),
        IrOp.FloatWiden => Called<FloatWiden>(dynamic),
        IrOp.FloatNarrow => Called<FloatNarrow>(dynamic),
        _ => throw new InvalidOperationException($"{op} is no floating-point op"),
    };

    private static nint Of32(IrOp op, bool dynamic) => op switch
    {
        IrOp.FloatAdd => Host<FloatAdd32>(dynamic),
        IrOp.FloatSub => Host<FloatSub32>(dynamic),
        IrOp.FloatMul => Host<FloatMul32>(dynamic),
        IrOp.FloatDiv => Host<FloatDiv32>(dynamic),
        IrOp.FloatSqrt => Host<FloatSqrt32>(dynamic),
        IrOp.FloatMulAdd => Host<FloatMulAdd32>(dynamic),
        IrOp.FloatEqual => Compare<FloatEqual32>(dynamic),
        IrOp.FloatLess => Compare<FloatLess32>(dynamic),
        IrOp.FloatLessEqual => Compare<FloatLessEqual32>(dynamic),
        IrOp.FloatMin => Called<FloatMin32>(dynamic),
        IrOp.FloatMax => Called<FloatMax32>(dynamic),
        IrOp.FloatClass => Called<FloatClass32>(dynamic),
        IrOp.FloatToInt32 => Called<FloatToInt32From32>(dynamic),
        IrOp.FloatFromInt32 => Called<FloatFromInt32To32>(dynamic),
        IrOp.FloatToUInt32 => Called<FloatToUInt32From32>(dynamic),
        IrOp.FloatFromUInt32 => Called<FloatFromUInt32To32>(dynamic),
        IrOp.FloatToInt64 => Called<FloatToInt64From32>(dynamic),
        IrOp.FloatFromInt64 => Called<FloatFromInt64To32>(dynamic),
        IrOp.FloatToUInt64 => Called<FloatToUInt64From32>(dynamic),
        IrOp.FloatFromUInt64 => Called<FloatFromUInt64To32>(dynamic),
        _ => throw new InvalidOperationException($"{op} is no floating-point op"),
    };

    private static nint Host<TFloatOp>(bool dynamic)
        where TFloatOp : struct, IHostFloatOp => (nint)(dynamic
            ? (Handler)(&HostedFloat<TFloatOp, DynamicRounding>.RawCalliHelper.Run)
            : &HostedFloat<TFloatOp, StaticRounding>.RawCalliHelper.Run);

    private static nint Called<TFloatOp>(bool dynamic)
        where TFloatOp : struct, IFloatOp => (nint)(dynamic
            ? (Handler)(&CalledFloat<TFloatOp, DynamicRounding>.RawCalliHelper.Run)
            : &CalledFloat<TFloatOp, StaticRounding>.RawCalliHelper.Run);

    /// <summary>A comparison does not round, but in dynamic mode the mode must exist all the same.</summary>
    private static nint Compare<TCompareOp>(bool dynamic)
        where TCompareOp : struct, IFloatCompareOp => (nint)(dynamic
            ? (Handler)(&CalledFloat<TCompareOp, DynamicRounding>.RawCalliHelper.Run)
            : &ComparedFloat<TCompareOp>.RawCalliHelper.Run);
}
