using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// What x86-64 has an instruction or two for, of the ops on bits; the rest is done by SlowOps.
internal sealed unsafe partial class X64Emitter
{
    private void EmitBits(in IrInsn insn)
    {
        switch (insn.Op)
        {
            case IrOp.AndNot: EmitAndNot(insn); break;
            case IrOp.RotateRight: EmitRotate(insn, wide: true); break;
            case IrOp.RotateRight32: EmitRotate(insn, wide: false); break;
            case IrOp.CountLeadingZeros when Has(HostFeature.Lzcnt): EmitCount(insn, BitCount.LeadingZeros); break;
            case IrOp.CountTrailingZeros: EmitCount(insn, BitCount.TrailingZeros); break;
            case IrOp.PopCount when Has(HostFeature.Popcnt): EmitCount(insn, BitCount.Ones); break;
            case IrOp.ByteSwap: EmitByteSwap(insn); break;
            case IrOp.FillNonZeroBytes: EmitFillNonZeroBytes(insn); break;
            case IrOp.MinSigned: EmitExtreme(insn, Cond.Greater); break;
            case IrOp.MaxSigned: EmitExtreme(insn, Cond.Less); break;
            case IrOp.MinUnsigned: EmitExtreme(insn, Cond.Above); break;
            case IrOp.MaxUnsigned: EmitExtreme(insn, Cond.Below); break;
            case IrOp.ScaledAdd2: EmitScaledAdd(insn, 1); break;
            case IrOp.ScaledAdd4: EmitScaledAdd(insn, 2); break;
            case IrOp.ScaledAdd8: EmitScaledAdd(insn, 3); break;
            default: EmitSlow(insn); break;
        }
    }

    private void EmitAndNot(in IrInsn insn)
    {
        var (a, b) = (Of(insn.A), Of(insn.B));
        var inverted = ToRegister(b, a.Is(Reg.Rax) ? Reg.Rdx : Reg.Rax);
        var other = ToRegisterOrMemory(a, inverted == Reg.Rdx ? Reg.Rax : Reg.Rdx);
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        if (other.IsState)
            _asm.Andn(result, inverted, other.Mem);
        else
            _asm.Andn(result, inverted, other.General);
        Finish(target, result);
    }

    /// <summary>By a variable amount the count must be in cl, which is a guest's register: it changes places with rdx meanwhile.</summary>
    private void EmitRotate(in IrInsn insn, bool wide)
    {
        var (a, b) = (Of(insn.A), Of(insn.B));
        var result = Reg.Rax;
        if (b.IsConstant)
        {
            var value = ToRegister(a, Reg.Rax);
            var constantTarget = Target(insn.Dst);
            result = WorkingRegister(constantTarget);
            _asm.Rorx(result, value, (int)b.Value & (wide ? 63 : 31), wide);
            FinishRotate(constantTarget, result, wide);
            return;
        }

        MoveTo(Reg.Rdx, b);
        if (!a.Is(Reg.Rax))
            MoveTo(Reg.Rax, a);
        _asm.Xchg(Reg.Rcx, Reg.Rdx);
        _asm.RorByCl(Reg.Rax, wide);
        _asm.Xchg(Reg.Rcx, Reg.Rdx);
        var target = Target(insn.Dst);
        if (target.IsGeneral && target.General != Reg.Rax)
        {
            _asm.Mov(target.General, Reg.Rax);
            result = target.General;
        }

        FinishRotate(target, result, wide);
    }

    private void FinishRotate(Place target, Reg result, bool wide)
    {
        if (!wide)
            ExtendSign(result);
        Finish(target, result);
    }

    private void EmitCount(in IrInsn insn, BitCount what)
    {
        var a = ToRegisterOrMemory(Of(insn.A), Reg.Rax);
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        if (a.IsState)
            _asm.Count(what, result, a.Mem);
        else
            _asm.Count(what, result, a.General);
        Finish(target, result);
    }

    private void EmitByteSwap(in IrInsn insn)
    {
        var a = Of(insn.A);
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        if (!a.Is(result))
            MoveTo(result, a);
        _asm.Bswap(result);
        Finish(target, result);
    }

    /// <summary>The bytes that equal zero, inverted.</summary>
    private void EmitFillNonZeroBytes(in IrInsn insn)
    {
        var a = ToRegister(Of(insn.A), Reg.Rax);
        _asm.Mov(First, a, wide: true);
        _asm.Op(Bits.Xor, Second, Second, Second);
        _asm.CompareBytes(First, First, Second);
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        _asm.Mov(result, First, wide: true);
        _asm.Not(result);
        Finish(target, result);
    }

    /// <summary>One value, replaced by the other if the condition holds between them. Computed in rax, as the result's register may hold an operand.</summary>
    private void EmitExtreme(in IrInsn insn, Cond replaced)
    {
        var (a, b) = (Of(insn.A), Of(insn.B));
        if (b.Is(Reg.Rax))
            (a, b) = (b, a);
        var other = ToRegisterOrMemory(b, Reg.Rdx);
        if (!a.Is(Reg.Rax))
            MoveTo(Reg.Rax, a);
        Apply(Alu.Cmp, Reg.Rax, other, wide: true);
        if (other.IsState)
            _asm.Cmov(replaced, Reg.Rax, other.Mem);
        else
            _asm.Cmov(replaced, Reg.Rax, other.General);
        var target = Target(insn.Dst);
        if (target.IsGeneral && target.General != Reg.Rax)
            _asm.Mov(target.General, Reg.Rax);
        else
            Finish(target, Reg.Rax);
    }

    /// <summary>A shift whose result the next op overwrites with its sum with another value, as guests index arrays that cannot scale: both are one instruction.</summary>
    private bool TryEmitIndexing(in IrInsn shift)
    {
        var next = NextIndex();
        ref readonly var sum = ref _ir.Insns[next];
        if (!shift.B.IsConstant || _ir.ConstantOf(shift.B) is < 1 or > 3 || sum.Op != IrOp.Add || sum.Dst != shift.Dst || !sum.Dst.IsGlobal)
            return false;
        var other = sum.A == shift.Dst ? sum.B : sum.A;
        if ((sum.A != shift.Dst && sum.B != shift.Dst) || other == shift.Dst || other.IsConstant || other.IsNone)
            return false;
        var (a, b, scale) = (Of(shift.A), Of(other), (byte)_ir.ConstantOf(shift.B));
        if (a.IsVector || b.IsVector || b.IsConstant)
            return false;
        for (; _index < next; _index++)
            if (_ir.Insns[_index].Op == IrOp.InsnStart)
                Begin(_ir.Insns[_index]);
        EmitScaledAdd(sum, a, b, scale);
        return true;
    }

    private void EmitScaledAdd(in IrInsn insn, byte scale) => EmitScaledAdd(insn, Of(insn.A), Of(insn.B), scale);

    private void EmitScaledAdd(in IrInsn insn, Place a, Place b, byte scale)
    {
        var index = ToRegister(a, b.Is(Reg.Rax) ? Reg.Rdx : Reg.Rax);
        var added = b.IsImmediate ? Reg.Rax : ToRegister(b, index == Reg.Rdx ? Reg.Rax : Reg.Rdx);
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        if (b.IsImmediate)
        {
            // Without a base the instruction is longer than a shift.
            if (result != index)
                _asm.Mov(result, index);
            _asm.ShiftBy(Shift.Left, result, scale);
            if (b.Value != 0)
                _asm.Op(Alu.Add, result, (int)b.Value);
        }
        else
        {
            _asm.Lea(result, Mem.At(added, index, 0, scale));
        }

        Finish(target, result);
    }
}
