using Emu.Backend.Threaded.Handlers;
using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

internal sealed unsafe partial class ThreadedEmitter<TMemory>
{
    private void EmitAppend(in IrInsn insn, in IrHook hook)
    {
        var trace = hook.Trace!;
        var (a, b, c) = (Offset(insn.A), Offset(insn.B), Offset(insn.C));
        var op = Append((nint)(Handler)(&Appending.RawCalliHelper.Run));
        (op->A, op->B, op->D, op->C) = (a, b, c, checked((ushort)trace.Slot));
        op->Imm = (ulong)hook.Displacement;
        var shape = Append((nint)(Handler)(&Leave.NeverEntered));
        (shape->Data, shape->Imm, shape->Pc) = (trace.Stream, (ulong)trace.StampWord, Appending.ShapeOf(trace));
        for (var offset = 0; offset < trace.RecordSize; offset += Appending.WordsPerOp * sizeof(ulong))
        {
            var words = Append((nint)(Handler)(&Leave.NeverEntered));
            (words->Data, words->Imm, words->Pc) = ((nint)WordAt(offset, hook), WordAt(offset + 8, hook), WordAt(offset + 16, hook));
        }
    }

    private ulong WordAt(int offset, in IrHook hook) => hook.Trace!.ConstantAt(offset, sizeof(ulong), hook, _pc);
}
