using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// Comparisons and choices. A comparison that only the next choice looks at sets the flags for it and has no result of its own.
internal sealed unsafe partial class X64Emitter
{
    /// <summary>The comparison that the next choice makes itself, or -1.</summary>
    private int _comparison = -1;

    private void EmitSet(in IrInsn insn)
    {
        if (IsMadeByChoice(_index))
        {
            _comparison = _index;
            return;
        }

        // x < 1, unsigned, says x == 0, which the flags may tell already.
        var isTestOfZero = insn.Op == IrOp.SetLessUnsigned && insn.B.IsConstant && _ir.ConstantOf(insn.B) == 1 && TellFlagsOf(insn.A);
        var condition = isTestOfZero ? Cond.Equal : Compare(insn.A, insn.B, ConditionOf(insn.Op));
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        // The operands are no longer needed, and the constant's move leaves the flags alone.
        _asm.Mov(result, 0UL);
        _asm.Set(condition, result);
        Finish(target, result);
    }

    private static Cond ConditionOf(IrOp op) => op switch
    {
        IrOp.SetEqual => Cond.Equal,
        IrOp.SetNotEqual => Cond.NotEqual,
        IrOp.SetLessSigned => Cond.Less,
        _ => Cond.Below,
    };

    /// <summary>True for a comparison that is only the condition of the choice behind it, and needs at most one free register.</summary>
    private bool IsMadeByChoice(int index)
    {
        ref readonly var insn = ref _ir.Insns[index];
        if (insn.Op is not (IrOp.SetEqual or IrOp.SetNotEqual or IrOp.SetLessSigned or IrOp.SetLessUnsigned) || !insn.Dst.IsTemp)
            return false;
        var next = NextIndex(index);
        ref readonly var choice = ref _ir.Insns[next];
        return choice.Op == IrOp.Select && choice.A == insn.Dst && choice.B != insn.Dst && choice.C != insn.Dst && _temps.IsOnlyUsedAt(insn.Dst, next)
            && !insn.A.IsConstant && (!insn.B.IsConstant || Place.Of(_ir.ConstantOf(insn.B)).IsImmediate);
    }

    /// <summary>True if the result of the instruction at hand is for the choice behind the next comparison, which leaves rax alone.</summary>
    private bool IsForChoice(IrValue temp)
    {
        var next = NextIndex();
        ref readonly var comparison = ref _ir.Insns[next];
        return next < _ir.Count - 1 && IsMadeByChoice(next) && comparison.A != temp && comparison.B != temp && _temps.IsOnlyUsedAt(temp, NextIndex(next));
    }

    private void EmitSelect(in IrInsn insn)
    {
        var condition = Cond.NotEqual;
        if (_comparison >= 0)
        {
            ref readonly var comparison = ref _ir.Insns[_comparison];
            condition = Compare(comparison.A, comparison.B, ConditionOf(comparison.Op), Reg.Rdx);
            _comparison = -1;
        }
        else
        {
            TestZero(Of(insn.A));
        }

        var (b, c) = (Of(insn.B), Of(insn.C));
        var target = Target(insn.Dst);
        if (b.Is(Reg.Rax) || (target.IsGeneral && b.Is(target.General)))
            (b, c, condition) = (c, b, (Cond)((int)condition ^ 1));
        var result = target.IsGeneral && c.Is(target.General) ? target.General : Reg.Rax;
        MoveKeepingFlags(result, c);
        if (b.IsState)
        {
            _asm.Cmov(condition, result, b.Mem);
        }
        else
        {
            if (!b.IsGeneral)
                MoveKeepingFlags(Reg.Rdx, b);
            _asm.Cmov(condition, result, b.IsGeneral ? b.General : Reg.Rdx);
        }

        if (target.IsGeneral)
            _asm.Mov(target.General, result);
        else
            Finish(target, result);
    }

    /// <summary>
    /// Compares two values; the condition to test afterwards, which differs if they had to change sides. May use rdx, and <paramref name="scratch"/> where no operand is there.
    /// </summary>
    private Cond Compare(Place a, Place b, Cond condition, Reg scratch = Reg.Rax)
    {
        if (a.IsConstant && !b.IsConstant)
            (a, b, condition) = (b, a, Mirrored(condition));
        if (a.IsState && b.IsImmediate)
        {
            _asm.Op(Alu.Cmp, a.Mem, (int)b.Value);
            return condition;
        }

        if (a.IsState && b.IsGeneral)
        {
            _asm.Op(Alu.Cmp, a.Mem, b.General);
            return condition;
        }

        var left = ToRegister(a, b.Is(Reg.Rax) ? Reg.Rdx : scratch);
        if (b.IsConstant && b.Value == 0 && condition is not (Cond.Below or Cond.AboveEqual or Cond.Above or Cond.BelowEqual))
            _asm.Test(left, left);
        else
            Apply(Alu.Cmp, left, ToOperand(b, Reg.Rdx), wide: true);
        return condition;
    }

    private static Cond Mirrored(Cond condition) => condition switch
    {
        Cond.Less => Cond.Greater,
        Cond.GreaterEqual => Cond.LessEqual,
        Cond.Below => Cond.Above,
        Cond.AboveEqual => Cond.BelowEqual,
        _ => condition,
    };

    private void TestZero(Place value)
    {
        if (value.IsState)
        {
            _asm.Op(Alu.Cmp, value.Mem, 0);
            return;
        }

        var register = ToRegister(value, Reg.Rdx);
        _asm.Test(register, register);
    }

    private void MoveKeepingFlags(Reg register, Place value)
    {
        if (value.IsConstant)
            _asm.Mov(register, value.Value);
        else
            MoveTo(register, value);
    }
}
