using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Calls;
using Emu.Backend.X64.Code;
using Emu.Ir;
using Emu.Plugins.Hosting;

namespace Emu.Backend.X64.Emit;

internal sealed unsafe partial class X64Emitter
{
    private byte* _skip;
    private int _skipEnd;

    private void EmitPlugin(in IrInsn insn)
    {
        ref readonly var hook = ref _ir.Hooks[(int)insn.Imm];
        switch (insn.Op)
        {
            case IrOp.PluginExec:
                EmitCallback(hook, isMemory: false);
                break;
            case IrOp.PluginCondExec:
                EmitConditional(hook);
                break;
            case IrOp.PluginMem:
                EmitMem(insn, hook);
                break;
            case IrOp.TraceAppend:
                EmitAppend(insn, hook);
                break;
            case IrOp.ScoreboardAdd:
                EmitInline(hook, isStore: false);
                break;
            case IrOp.ScoreboardStore:
                EmitInline(hook, isStore: true);
                break;
            default:
                EmitWord(insn, hook);
                break;
        }
    }

    private void EmitCallback(in IrHook hook, bool isMemory)
    {
        _needsCommonMap = true;
        var call = CallRecord(X64Callbacks.FunctionOf(hook.Callback), hook.Plugin, hook.UserData);
        SpillVectors();
        _asm.Lea(Reg.Rax, Mem.Of(call));
        _asm.Call(Stubs.CallbackOf(hook.Globals, isMemory));
        if (hook.Globals != IrGlobalUse.Write)
            return;
        ForgetHeld();
        ForgetTested();
        ForgetBoxed();
    }

    /// <summary>Writes what <see cref="CallbackCall"/> describes into the cold code.</summary>
    private byte* CallRecord(nint function, nint plugin, nint userData)
    {
        _cold.Align(16);
        var call = (ulong*)_cold.At;
        _cold.At += 4 * sizeof(ulong);
        call[CallbackCall.Function / 8] = (ulong)function;
        call[CallbackCall.Plugin / 8] = (ulong)plugin;
        call[CallbackCall.UserData / 8] = (ulong)userData;
        call[CallbackCall.Pc / 8] = _pc;
        return (byte*)call;
    }

    private void EmitConditional(in IrHook hook)
    {
        SpillVectors();
        byte* skip = null;
        if (hook.Condition != IrHookCondition.Always)
        {
            var entry = ScoreboardEntry(hook);
            if ((long)hook.Immediate == (int)hook.Immediate)
            {
                _asm.Op(Alu.Cmp, entry, (int)hook.Immediate);
            }
            else
            {
                _asm.Mov(Reg.Rax, entry);
                _asm.Mov(Reg.Rdx, hook.Immediate);
                _asm.Op(Alu.Cmp, Reg.Rax, Reg.Rdx);
            }

            skip = _asm.Jcc(OppositeOf(hook.Condition));
        }

        EmitCallback(hook, isMemory: false);
        if (skip is not null)
            Asm.Aim(skip, _asm.At);
    }

    private static Cond OppositeOf(IrHookCondition condition) => condition switch
    {
        IrHookCondition.Equal => Cond.NotEqual,
        IrHookCondition.NotEqual => Cond.Equal,
        IrHookCondition.Less => Cond.AboveEqual,
        IrHookCondition.LessOrEqual => Cond.Above,
        IrHookCondition.Greater => Cond.BelowEqual,
        IrHookCondition.GreaterOrEqual => Cond.Below,
        _ => throw new InvalidOperationException($"{condition} is no condition to skip by"),
    };

    private void EmitMem(in IrInsn insn, in IrHook hook)
    {
        // The value first if it is in rax, which the address may then use.
        var value = Of(insn.B);
        StoreWord(StateOffsets.MemoryRecord + 8, value);
        var address = Of(insn.A);
        if (address.IsConstant)
        {
            StoreWord(StateOffsets.MemoryRecord, Place.Of(address.Value + (ulong)hook.Displacement));
        }
        else
        {
            MoveTo(Reg.Rax, address);
            if (hook.Displacement == (int)hook.Displacement)
            {
                if (hook.Displacement != 0)
                    _asm.Op(Alu.Add, Reg.Rax, (int)hook.Displacement);
            }
            else
            {
                _asm.Mov(Reg.Rdx, (ulong)hook.Displacement);
                _asm.Op(Alu.Add, Reg.Rax, Reg.Rdx);
            }

            StoreWord(StateOffsets.MemoryRecord, Place.Of(Reg.Rax));
        }

        var info = MemoryRecord.InfoOf(insn.Size, (insn.Flags & IrFlags.Signed) != 0, (insn.Flags & IrFlags.IsStore) != 0);
        _asm.Mov(StateWords.At(StateOffsets.MemoryRecord + 16), (int)info, wide: false);
        EmitCallback(hook, isMemory: true);
    }

    private void StoreWord(int offset, Place value)
    {
        if (value.IsImmediate)
            _asm.Mov(StateWords.At(offset), (int)value.Value);
        else
            _asm.Mov(StateWords.At(offset), ToRegister(value, Reg.Rdx));
    }

    private void EmitInline(in IrHook hook, bool isStore)
    {
        var entry = ScoreboardEntry(hook);
        if ((long)hook.Immediate == (int)hook.Immediate)
        {
            if (isStore)
                _asm.Mov(entry, (int)hook.Immediate);
            else
                _asm.Op(Alu.Add, entry, (int)hook.Immediate);
            return;
        }

        _asm.Lea(Reg.Rdx, entry);
        _asm.Mov(Reg.Rax, hook.Immediate);
        if (isStore)
            _asm.Mov(Mem.At(Reg.Rdx), Reg.Rax);
        else
            _asm.Op(Alu.Add, Mem.At(Reg.Rdx), Reg.Rax);
    }

    /// <summary>True if something was added that is not due where a trace is left.</summary>
    private bool IsEarlyAt(ulong wayOut)
    {
        foreach (ref readonly var sum in _ir.Early)
            if (sum.IsEarlyAt(wayOut))
                return true;
        return false;
    }

    /// <summary>Takes back what is not due where a trace is left, by rax and rdx.</summary>
    private void TakeBack(ulong wayOut)
    {
        foreach (ref readonly var sum in _ir.Early)
            if (sum.IsEarlyAt(wayOut))
                EmitInline(new IrHook { Entry = sum.Entry, Stride = sum.Stride, Immediate = 0 - sum.Amount }, isStore: false);
    }

    /// <summary>This vCPU's entry, by rax and rdx.</summary>
    private Mem ScoreboardEntry(in IrHook hook)
    {
        _asm.Imul(Reg.Rax, StateWords.At(StateOffsets.Index), hook.Stride, wide: false);
        _asm.Mov(Reg.Rdx, (ulong)hook.Entry);
        return Mem.At(Reg.Rdx, Reg.Rax, 0);
    }

    /// <summary>The jump's target is known when the last skipped instruction has been emitted: <see cref="EndSkip"/>.</summary>
    private void EmitSkipUnlessZero(in IrInsn insn)
    {
        SpillVectors();
        TestZero(Of(insn.A));
        _skip = _asm.Jcc(Cond.NotEqual);
        _skipEnd = _index + 1 + (int)insn.Imm;
    }

    private void EndSkip()
    {
        if (_skip is null || _index != _skipEnd)
            return;
        Asm.Aim(_skip, _asm.At);
        _skip = null;
    }
}
