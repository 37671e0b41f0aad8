using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

internal sealed unsafe partial class X64Emitter
{
    private void EmitInteger(in IrInsn insn)
    {
        switch (insn.Op)
        {
            case IrOp.Mov: EmitMov(insn); break;
            case IrOp.Add: EmitAlu(insn, Alu.Add, wide: true); break;
            case IrOp.Sub: EmitAlu(insn, Alu.Sub, wide: true); break;
            case IrOp.And when TryEmitBits(insn, Bits.And): break;
            case IrOp.Or when TryEmitBits(insn, Bits.Or): break;
            case IrOp.Xor when TryEmitBits(insn, Bits.Xor): break;
            case IrOp.And: EmitAlu(insn, Alu.And, wide: true); break;
            case IrOp.Or: EmitAlu(insn, Alu.Or, wide: true); break;
            case IrOp.Xor: EmitAlu(insn, Alu.Xor, wide: true); break;
            case IrOp.Add32: EmitAlu(insn, Alu.Add, wide: false); break;
            case IrOp.Sub32: EmitAlu(insn, Alu.Sub, wide: false); break;
            case IrOp.Shl when TryEmitIndexing(insn): break;
            case IrOp.Shl: EmitShift(insn, Shift.Left, wide: true); break;
            case IrOp.Shr: EmitShift(insn, Shift.Right, wide: true); break;
            case IrOp.Sar: EmitShift(insn, Shift.RightArithmetic, wide: true); break;
            case IrOp.Shl32: EmitShift(insn, Shift.Left, wide: false); break;
            case IrOp.Shr32: EmitShift(insn, Shift.Right, wide: false); break;
            case IrOp.Sar32: EmitShift(insn, Shift.RightArithmetic, wide: false); break;
            case IrOp.Mul: EmitMul(insn, wide: true); break;
            case IrOp.Mul32: EmitMul(insn, wide: false); break;
            case IrOp.MulHighSigned or IrOp.MulHighUnsigned or IrOp.MulHighSignedUnsigned: EmitMulHigh(insn); break;
            case >= IrOp.DivSigned and <= IrOp.RemUnsigned: EmitDivision(insn, wide: true); break;
            case >= IrOp.DivSigned32 and <= IrOp.RemUnsigned32: EmitDivision(insn, wide: false); break;
            case >= IrOp.SetEqual and <= IrOp.SetLessUnsigned: EmitSet(insn); break;
            case IrOp.Select: EmitSelect(insn); break;
            case IrOp.SignExtend8: EmitExtension(insn, 1, signed: true); break;
            case IrOp.SignExtend16: EmitExtension(insn, 2, signed: true); break;
            case IrOp.SignExtend32: EmitExtension(insn, 4, signed: true); break;
            case IrOp.ZeroExtend8: EmitExtension(insn, 1, signed: false); break;
            case IrOp.ZeroExtend16: EmitExtension(insn, 2, signed: false); break;
            case IrOp.ZeroExtend32: EmitExtension(insn, 4, signed: false); break;
            default: EmitBits(insn); break;
        }
    }

    private void EmitMov(in IrInsn insn)
    {
        var a = Of(insn.A);
        if (TryEmitVectorMov(insn, a))
            return;
        var known = SlackOf(insn.A);
        var target = Target(insn.Dst);
        if (target.IsState && a.IsImmediate)
        {
            _asm.Mov(target.Mem, (int)a.Value);
            return;
        }

        if (target.IsState && a.IsGeneral)
        {
            _asm.Mov(target.Mem, a.General);
            KeepTested(insn.Dst, known);
            return;
        }

        var result = WorkingRegister(target);
        MoveTo(result, a);
        Finish(target, result);
        KeepTested(insn.Dst, known);
    }

    private void EmitAlu(in IrInsn insn, Alu op, bool wide)
    {
        var (a, b) = (Of(insn.A), Of(insn.B));
        var known = wide && op == Alu.Add && b.IsImmediate ? SlackAfter(insn.A, (int)b.Value) : Untested;
        if (op != Alu.Sub && (a.IsConstant || b.Is(Reg.Rax)))
            (a, b) = (b, a);
        var target = Target(insn.Dst);
        if (wide && target.IsState && a.IsState && target.Offset == a.Offset && (b.IsImmediate || b.IsGeneral))
        {
            if (b.IsGeneral)
                _asm.Op(op, target.Mem, b.General);
            else
                _asm.Op(op, target.Mem, (int)b.Value);
            KeepTested(insn.Dst, known);
            KeepFlags(insn);
            return;
        }

        var result = WorkingRegister(target);
        var setsFlags = Compute(op, result, a, b, wide);
        if (!wide)
            ExtendSign(result);
        Finish(target, result);
        KeepTested(insn.Dst, known);
        if (setsFlags)
            KeepFlags(insn);
    }

    /// <summary>Computes in a register; true if the flags tell of the result.</summary>
    private bool Compute(Alu op, Reg result, Place a, Place b, bool wide)
    {
        if (!wide && b.IsConstant)
            b = Place.Of((ulong)(int)b.Value);
        if (b.Is(result) && !a.Is(result))
        {
            if (op == Alu.Sub)
            {
                // a - b as -b + a, where b is already in the result's register.
                _asm.Neg(result, wide);
                op = Alu.Add;
            }

            (a, b) = (b, a);
        }

        var operand = ToOperand(b, Reg.Rdx);
        if (op == Alu.Add && a.IsGeneral && a.General != result && TryLea(result, a.General, operand, wide))
            return false;
        MoveTo(result, a, wide || a.IsConstant || a.Is(result));
        Apply(op, result, operand, wide);
        return true;
    }

    private bool TryLea(Reg result, Reg a, Place b, bool wide)
    {
        if (b.IsImmediate)
            _asm.Lea(result, Mem.At(a, (int)b.Value), wide);
        else if (b.IsGeneral)
            _asm.Lea(result, Mem.At(a, b.General, 0), wide);
        else
            return false;
        return true;
    }

    private void Apply(Alu op, Reg register, Place operand, bool wide)
    {
        switch (operand.Kind)
        {
            case PlaceKind.General: _asm.Op(op, register, operand.General, wide); break;
            case PlaceKind.State: _asm.Op(op, register, operand.Mem, wide); break;
            default: _asm.Op(op, register, (int)operand.Value, wide); break;
        }
    }

    private void EmitShift(in IrInsn insn, Shift op, bool wide)
    {
        var (a, b) = (Of(insn.A), Of(insn.B));
        if (b.IsConstant)
        {
            ShiftByConstant(insn, op, a, (int)b.Value & (wide ? 63 : 31), wide);
            return;
        }

        // The count first: the value may take rax.
        var count = b.IsGeneral && !b.Is(Reg.Rax) ? b.General : Reg.Rdx;
        if (count == Reg.Rdx)
            MoveTo(Reg.Rdx, b);
        a = ToRegisterOrMemory(a, Reg.Rax);
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        switch (op, a.IsState)
        {
            case (Shift.Left, true): _asm.Shl(result, a.Mem, count, wide); break;
            case (Shift.Left, false): _asm.Shl(result, a.General, count, wide); break;
            case (Shift.Right, true): _asm.Shr(result, a.Mem, count, wide); break;
            case (Shift.Right, false): _asm.Shr(result, a.General, count, wide); break;
            case (_, true): _asm.Sar(result, a.Mem, count, wide); break;
            default: _asm.Sar(result, a.General, count, wide); break;
        }

        if (!wide)
            ExtendSign(result);
        Finish(target, result);
    }

    private void ShiftByConstant(in IrInsn insn, Shift op, Place a, int amount, bool wide)
    {
        var target = Target(insn.Dst);
        if (wide && target.IsState && a.IsState && target.Offset == a.Offset && amount != 0)
        {
            _asm.ShiftBy(op, target.Mem, amount);
            KeepFlags(insn);
            return;
        }

        var result = WorkingRegister(target);
        MoveTo(result, a, wide || a.Is(result));
        if (amount != 0)
            _asm.ShiftBy(op, result, amount, wide);
        // A shift right by 1 or more has cleared bit 31, and all above it.
        if (!wide && !(op == Shift.Right && amount != 0))
            ExtendSign(result);
        Finish(target, result);
        if (amount != 0)
            KeepFlags(insn);
    }

    private void EmitMul(in IrInsn insn, bool wide)
    {
        var (a, b) = (Of(insn.A), Of(insn.B));
        if (a.IsConstant || b.Is(Reg.Rax))
            (a, b) = (b, a);
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        if (b.IsConstant && (b.IsImmediate || !wide) && (a.IsGeneral || a.IsState))
        {
            if (a.IsGeneral)
                _asm.Imul(result, a.General, (int)b.Value, wide);
            else
                _asm.Imul(result, a.Mem, (int)b.Value, wide);
        }
        else
        {
            if (b.Is(result))
                (a, b) = (b, a);
            var operand = ToRegisterOrMemory(b, Reg.Rdx);
            MoveTo(result, a);
            if (operand.IsGeneral)
                _asm.Imul(result, operand.General, wide);
            else
                _asm.Imul(result, operand.Mem, wide);
        }

        if (!wide)
            ExtendSign(result);
        Finish(target, result);
    }

    private void EmitExtension(in IrInsn insn, int size, bool signed)
    {
        var a = Of(insn.A);
        var target = Target(insn.Dst);
        var result = WorkingRegister(target);
        if (a.IsState)
            _asm.Load(result, a.Mem, size, signed);
        else
            _asm.Extend(result, ToRegister(a, Reg.Rax), size, signed);
        Finish(target, result);
    }
}
