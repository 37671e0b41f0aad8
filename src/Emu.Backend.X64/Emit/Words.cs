using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// What bodies of callbacks do with words of the vCPU's scoreboard entry.
internal sealed unsafe partial class X64Emitter
{
    private void EmitWord(in IrInsn insn, in IrHook hook)
    {
        var value = insn.Op == IrOp.ScoreboardReadAt ? default : Of(insn.B);
        if (value.Is(Reg.Rax))
        {
            // The address takes both scratch registers.
            _asm.Mov(StateWords.At(StateWords.Scratch), Reg.Rax);
            value = Place.In(StateWords.Scratch);
        }

        var word = WordAt(Of(insn.A), hook);
        if (insn.Op == IrOp.ScoreboardReadAt)
        {
            var target = Target(insn.Dst);
            var result = WorkingRegister(target);
            _asm.Mov(result, word);
            Finish(target, result);
            return;
        }

        if (!value.IsImmediate && !value.IsGeneral)
        {
            _asm.Lea(Reg.Rdx, word);
            MoveTo(Reg.Rax, value);
            (word, value) = (Mem.At(Reg.Rdx), Place.Of(Reg.Rax));
        }

        Apply(word, value, isStore: insn.Op == IrOp.ScoreboardWriteAt);
    }

    private void Apply(Mem word, Place value, bool isStore)
    {
        if (isStore && value.IsImmediate)
            _asm.Mov(word, (int)value.Value);
        else if (isStore)
            _asm.Mov(word, value.General);
        else if (value.IsImmediate)
            _asm.Op(Alu.Add, word, (int)value.Value);
        else
            _asm.Op(Alu.Add, word, value.General);
    }

    /// <summary>A word of this vCPU's entry, by rax and rdx.</summary>
    private Mem WordAt(Place number, in IrHook hook)
    {
        if (number.IsConstant)
            return ScoreboardEntry(hook with { Entry = hook.Entry + (nint)number.Value * sizeof(ulong) });
        var index = ToRegister(number, Reg.Rax);
        _asm.Imul(Reg.Rdx, StateWords.At(StateOffsets.Index), hook.Stride, wide: false);
        _asm.Lea(Reg.Rdx, Mem.At(Reg.Rdx, index, 0, scale: 3));
        _asm.Mov(Reg.Rax, (ulong)hook.Entry);
        return Mem.At(Reg.Rdx, Reg.Rax, 0);
    }
}
