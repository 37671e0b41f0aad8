using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Ir.Float;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>A floating-point op that <see cref="FloatEvaluator"/> computes: half precision, and what programs need seldom.</summary>
internal static unsafe class EvaluatedFloat
{
    private const int SizeShift = 8;
    private const int OpShift = 16;

    /// <summary>An op in the immediate of its handler.</summary>
    public static ulong Describe(IrOp op, int size, IrRounding rounding) => (ulong)rounding | (ulong)size << SizeShift | (ulong)op << OpShift;

    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            if ((byte)op->Imm == (byte)IrRounding.Dynamic && state->RoundingMode > (uint)IrRounding.NearestAway)
                return Leave.IllegalRounding(state, op);
            var result = Evaluate(state, op);
            *(ulong*)((byte*)state + op->D) = result;
            return op[1].Run(state, op + 1, result);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Evaluate(VCpuState* state, Op* op)
    {
        var bytes = (byte*)state;
        var (named, size, what) = ((IrRounding)(byte)op->Imm, (byte)(op->Imm >> SizeShift), (IrOp)(op->Imm >> OpShift));
        var mode = named == IrRounding.Dynamic ? (IrRounding)state->RoundingMode : named;
        return FloatEvaluator.TryEvaluate(
            what, size, mode, *(ulong*)(bytes + op->A), *(ulong*)(bytes + op->B), *(ulong*)(bytes + op->C), ref state->FloatFlags, out var value)
            ? value
            : throw new InvalidOperationException($"{what} of {size} bytes is no floating-point op");
    }
}
