using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

internal sealed unsafe partial class ThreadedEmitter<TMemory>
{
    private void EmitFloat(in IrInsn insn)
    {
        if (insn.Size == 2 || insn.Op >= IrOp.FloatMinimum)
        {
            EmitEvaluated(insn);
            return;
        }

        var rounding = (IrRounding)insn.Flags;
        var a = Offset(insn.A);
        var b = insn.B.IsNone ? (ushort)0 : Offset(insn.B);
        var c = insn.C.IsNone ? (ushort)0 : Offset(insn.C);
        var key = OpKey.Of(insn.Op, 0, SourceKind.Register, SourceKind.Register);
        var op = insn.Size == 8 && rounding == IrRounding.Dynamic && _table.Single(key) != 0
            ? Append(key)
            : Append(FloatHandlers.Of(insn.Op, insn.Size, rounding == IrRounding.Dynamic), passing: Passing.Result);
        (op->A, op->B, op->C, op->D) = (a, b, c, Target(insn.Dst));
        op->Imm = (ulong)rounding;
    }

    /// <summary>Rarer ops and half precision share one handler: what is to be done stands in the op.</summary>
    private void EmitEvaluated(in IrInsn insn)
    {
        var a = Offset(insn.A);
        var b = insn.B.IsNone ? (ushort)0 : Offset(insn.B);
        var c = insn.C.IsNone ? (ushort)0 : Offset(insn.C);
        var op = Append((nint)(Handler)(&EvaluatedFloat.RawCalliHelper.Run), passing: Passing.Result);
        (op->A, op->B, op->C, op->D) = (a, b, c, Target(insn.Dst));
        op->Imm = EvaluatedFloat.Describe(insn.Op, insn.Size, (IrRounding)insn.Flags);
    }
}
