using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Plugins.Hosting;

namespace Emu.Backend.Threaded.Emit;

internal sealed unsafe partial class ThreadedEmitter<TMemory>
{
    private void EmitPlugin(in IrInsn insn)
    {
        ref readonly var hook = ref _ir.Hooks[(int)insn.Imm];
        switch (insn.Op)
        {
            case IrOp.PluginExec:
                EmitExec(hook);
                break;
            case IrOp.PluginCondExec:
                if (hook.Condition != IrHookCondition.Always)
                    FillInline(Append(Inline.SkipHandler(hook.Condition)), hook);
                EmitExec(hook);
                break;
            case IrOp.PluginMem:
                EmitMem(insn, hook);
                break;
            case IrOp.TraceAppend:
                EmitAppend(insn, hook);
                break;
            case IrOp.ScoreboardAdd:
                FillInline(Append(ScoreboardAddition.Key), hook);
                break;
            case >= IrOp.ScoreboardReadAt:
                EmitWord(insn, hook);
                break;
            case IrOp.ScoreboardStore:
                FillInline(Append((nint)(Handler)(&Inline.RawCalliHelper.Store), passing: Passing.Same), hook);
                break;
        }
    }

    /// <summary>The operands take the place of the entry's address, which takes that of the immediate.</summary>
    private void EmitWord(in IrInsn insn, in IrHook hook)
    {
        var a = Offset(insn.A);
        var b = insn.Op == IrOp.ScoreboardReadAt ? (ushort)0 : Offset(insn.B);
        var d = insn.Op == IrOp.ScoreboardReadAt ? Target(insn.Dst) : (ushort)0;
        var op = Append(Words.HandlerOf(insn.Op));
        (op->D, op->A, op->B) = (d, a, b);
        op->Imm = (ulong)hook.Entry;
        op->Pc = (ulong)hook.Stride;
    }

    private void EmitExec(in IrHook hook)
    {
        var op = Append(ThreadedCallbacks.HandlerOf(hook.Callback), OpKey.OfCallback(hook.Callback));
        op->Data = hook.Plugin;
        op->Imm = (ulong)hook.UserData;
    }

    private void EmitMem(in IrInsn insn, in IrHook hook)
    {
        var (a, b) = (Offset(insn.A), Offset(insn.B));
        var op = Append(ThreadedCallbacks.HandlerOf(hook.Callback));
        (op->A, op->B) = (a, b);
        op->Imm = (ulong)hook.Displacement;
        op->C = (ushort)MemoryRecord.InfoOf(insn.Size, (insn.Flags & IrFlags.Signed) != 0, (insn.Flags & IrFlags.IsStore) != 0);
        var operands = Append((nint)(Handler)(&Leave.NeverEntered));
        operands->Data = hook.Plugin;
        operands->Imm = (ulong)hook.UserData;
    }

    /// <summary>The distance is known when the last skipped instruction has been emitted: <see cref="EndSkip"/>.</summary>
    private void EmitSkipUnlessZero(in IrInsn insn, int index)
    {
        var a = Offset(insn.A);
        _skip = Append((nint)(Handler)(&Inline.RawCalliHelper.SkipUnlessZero));
        _skip->A = a;
        _skipEnd = index + 1 + (int)insn.Imm;
    }

    private void EndSkip(int index)
    {
        if (_skip is null || index != _skipEnd)
            return;
        _skip->Imm = (ulong)(_next - _skip);
        _fusion.Join();
        _skip = null;
    }

    private static void FillInline(Op* op, in IrHook hook)
    {
        op->Data = hook.Entry;
        op->Pc = (ulong)hook.Stride;
        op->Imm = hook.Immediate;
    }
}
