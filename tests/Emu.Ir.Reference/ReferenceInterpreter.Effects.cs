namespace Emu.Ir.Reference;

/// <content>Helpers, plugin callbacks, scoreboards.</content>
public sealed unsafe partial class ReferenceInterpreter
{
    private void Affect(in IrInsn insn)
    {
        switch (insn.Op)
        {
            case IrOp.Fence:
                Interlocked.MemoryBarrier();
                break;
            case IrOp.CallHelper:
                Write(insn.Dst, IrHelpers.FunctionOf(insn.Imm)(state.Address, Read(insn.A), Read(insn.B)));
                break;
            case IrOp.PluginMem:
                ref readonly var hook = ref _block.Hooks[(int)insn.Imm];
                var address = Read(insn.A) + (ulong)hook.Displacement;
                hooks.Memory(hook, state, _pc, new MemoryEvent(address, Read(insn.B), insn.Size, insn.Flags));
                break;
            case IrOp.TraceAppend:
                ref readonly var append = ref _block.Hooks[(int)insn.Imm];
                hooks.Append(append, _pc, Read(insn.A) + (ulong)append.Displacement, Read(insn.B), Read(insn.C));
                break;
            case IrOp.ScoreboardReadAt:
                Write(insn.Dst, WordOf(insn));
                break;
            case IrOp.ScoreboardWriteAt:
                WordOf(insn) = Read(insn.B);
                break;
            case IrOp.ScoreboardAddAt:
                WordOf(insn) += Read(insn.B);
                break;
            default:
                RunHook(insn.Op, _block.Hooks[(int)insn.Imm]);
                break;
        }
    }

    private void RunHook(IrOp op, in IrHook hook)
    {
        switch (op)
        {
            case IrOp.PluginExec:
                hooks.Exec(hook, state, _pc);
                break;
            case IrOp.PluginCondExec when Holds(hook.Condition, hook.Condition == IrHookCondition.Always ? 0 : Entry(hook), hook.Immediate):
                hooks.Exec(hook, state, _pc);
                break;
            case IrOp.PluginCondExec:
                break;
            case IrOp.ScoreboardAdd:
                Entry(hook) += hook.Immediate;
                break;
            case IrOp.ScoreboardStore:
                Entry(hook) = hook.Immediate;
                break;
            default:
                throw Unknown(op);
        }
    }

    private ref ulong Entry(in IrHook hook) => ref *(ulong*)(hook.Entry + (nint)hook.Stride * state.VCpuIndex);

    private ref ulong WordOf(in IrInsn insn) => ref System.Runtime.CompilerServices.Unsafe.Add(ref Entry(_block.Hooks[(int)insn.Imm]), (nint)Read(insn.A));

    private static bool Holds(IrHookCondition condition, ulong entry, ulong immediate) => condition switch
    {
        IrHookCondition.Always => true,
        IrHookCondition.Equal => entry == immediate,
        IrHookCondition.NotEqual => entry != immediate,
        IrHookCondition.Less => entry < immediate,
        IrHookCondition.LessOrEqual => entry <= immediate,
        IrHookCondition.Greater => entry > immediate,
        IrHookCondition.GreaterOrEqual => entry >= immediate,
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "no hook condition"),
    };
}
