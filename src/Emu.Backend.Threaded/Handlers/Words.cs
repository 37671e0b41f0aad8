using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>
/// What bodies of callbacks do with words of the vCPU's scoreboard entry. <see cref="Op.Imm"/> is the host address of vCPU 0's, <see cref="Op.Pc"/> the stride; the first operand
/// is the word's number.
/// </summary>
internal static unsafe class Words
{
    internal static class RawCalliHelper
    {
        public static nint Read(VCpuState* state, Op* op, ulong previous)
        {
            *(ulong*)((byte*)state + op->D) = *Word(state, op);
            return op[1].Run(state, op + 1, 0);
        }

        public static nint Write(VCpuState* state, Op* op, ulong previous)
        {
            *Word(state, op) = *(ulong*)((byte*)state + op->B);
            return op[1].Run(state, op + 1, 0);
        }

        public static nint Add(VCpuState* state, Op* op, ulong previous)
        {
            *Word(state, op) += *(ulong*)((byte*)state + op->B);
            return op[1].Run(state, op + 1, 0);
        }
    }

    /// <summary>The handler of an op on a word.</summary>
    public static nint HandlerOf(IrOp op) => (nint)(op switch
    {
        IrOp.ScoreboardReadAt => (Handler)(&RawCalliHelper.Read),
        IrOp.ScoreboardWriteAt => &RawCalliHelper.Write,
        IrOp.ScoreboardAddAt => &RawCalliHelper.Add,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "no op on a word of a scoreboard"),
    });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong* Word(VCpuState* state, Op* op) =>
        (ulong*)((nint)op->Imm + state->Index * (nint)op->Pc) + *(ulong*)((byte*)state + op->A);
}
