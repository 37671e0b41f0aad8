using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>Adds the immediate to the vCPU's scoreboard entry, and hands on what it was given.</summary>
internal readonly unsafe struct ScoreboardAddition : IMicroOp
{
    // Its operands are no offsets in the state block, so that no handler may take them for such.
    public static OpKey Key => OpKey.Of(IrOp.ScoreboardAdd, 0, SourceKind.Immediate, SourceKind.Immediate);

    /// <summary>The vCPU's entry: <see cref="Op.Data"/> is the host address of vCPU 0's, <see cref="Op.Pc"/> the stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* Entry(VCpuState* state, Op* op) => (ulong*)(op->Data + state->Index * (nint)op->Pc);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address)
    {
        *Entry(state, op) += op->Imm;
        return previous;
    }
}
