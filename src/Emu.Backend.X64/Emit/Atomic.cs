using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// Atomic accesses by locked instructions (SDM volume 3, 9.1.2); what is misaligned or outside goes the slow way, which finds the fault.
internal sealed unsafe partial class X64Emitter
{
    private void EmitAtomic(in IrInsn insn)
    {
        ForgetHeld();
        var needsBoth = insn.Op is IrOp.StoreConditional or IrOp.AtomicAnd or IrOp.AtomicOr or IrOp.AtomicXor;
        var isSimple = insn.Op is IrOp.LoadReserved or IrOp.AtomicAdd or IrOp.AtomicSwap;
        var address = Of(insn.A);
        // A value and an old value take rax and rdx: then the address must have a register of its own.
        if (insn.Size < 4 || !(isSimple || needsBoth) || (needsBoth && (!address.IsGeneral || address.Is(Reg.Rax))) || Of(insn.B).IsVector)
        {
            EmitSlow(insn);
            return;
        }

        var slow = BeginRounded(insn);
        address = Of(insn.A);
        var (@base, wide) = (ToRegister(address, Reg.Rdx), insn.Size == 8);
        _asm.TestLow(@base, insn.Size - 1);
        var misaligned = AddCold(ColdKind.SlowFloat, _asm.Jcc(Cond.NotEqual));
        _asm.Op(Alu.Cmp, @base, Reg.R15);
        var outside = AddCold(ColdKind.SlowFloat, _asm.Jcc(Cond.AboveEqual));
        var memory = Mem.At(Reg.R15, @base, 0);
        switch (insn.Op)
        {
            case IrOp.LoadReserved: EmitLoadReserved(memory, @base, insn.Size); break;
            case IrOp.StoreConditional: EmitStoreConditional(memory, @base, Of(insn.B), wide); break;
            case IrOp.AtomicAdd or IrOp.AtomicSwap: EmitExchange(insn.Op, memory, Of(insn.B), wide); break;
            default: EmitModify(insn.Op, memory, Of(insn.B), wide); break;
        }

        if (!wide && insn.Op != IrOp.StoreConditional)
            _asm.Extend(Reg.Rax, Reg.Rax, 4, signed: true);
        var target = Target(insn.Dst);
        if (target.IsGeneral)
            _asm.Mov(target.General, Reg.Rax);
        else
            Finish(target, Reg.Rax);
        EndRounded(slow, target);
        ShareSlow(misaligned, slow);
        ShareSlow(outside, slow);
    }

    private void EmitLoadReserved(in Mem memory, Reg @base, int size)
    {
        _faults.Add(_code.ToExecutable(_asm.At), _pc, isWrite: false);
        _asm.Load(Reg.Rax, memory, size, signed: true);
        _asm.Mov(StateWords.At(StateOffsets.ReservationAddress), @base);
        _asm.Mov(StateWords.At(StateOffsets.ReservationValue), Reg.Rax);
    }

    /// <summary>Leaves 0 or 1 in rax. Without the reservation the comparison already says that it has failed.</summary>
    private void EmitStoreConditional(in Mem memory, Reg @base, Place value, bool wide)
    {
        _asm.Op(Alu.Cmp, StateWords.At(StateOffsets.ReservationAddress), @base);
        var failed = _asm.Jcc(Cond.NotEqual);
        _asm.Mov(Reg.Rax, StateWords.At(StateOffsets.ReservationValue));
        MoveTo(Reg.Rdx, value);
        // A locked instruction needs the right to write even if it does not: where the value has changed, the op fails without it.
        _faults.Add(_code.ToExecutable(_asm.At), _pc, isWrite: true);
        _asm.Op(Alu.Cmp, memory, Reg.Rax, wide);
        var changed = _asm.Jcc(Cond.NotEqual);
        _faults.Add(_code.ToExecutable(_asm.At), _pc, isWrite: true);
        _asm.Lock();
        _asm.Cmpxchg(memory, Reg.Rdx, wide);
        Asm.Aim(failed, _asm.At);
        Asm.Aim(changed, _asm.At);
        _asm.Mov(StateWords.At(StateOffsets.ReservationAddress), -1);
        _asm.Set(Cond.NotEqual, Reg.Rax);
        _asm.Extend(Reg.Rax, Reg.Rax, 1, signed: false);
    }

    private void EmitExchange(IrOp op, in Mem memory, Place value, bool wide)
    {
        MoveTo(Reg.Rax, value);
        _faults.Add(_code.ToExecutable(_asm.At), _pc, isWrite: true);
        if (op == IrOp.AtomicSwap)
        {
            _asm.Xchg(memory, Reg.Rax, wide);
            return;
        }

        _asm.Lock();
        _asm.Xadd(memory, Reg.Rax, wide);
    }

    /// <summary>Leaves the old value in rax.</summary>
    private void EmitModify(IrOp op, in Mem memory, Place value, bool wide)
    {
        var alu = op == IrOp.AtomicAnd ? Alu.And : op == IrOp.AtomicOr ? Alu.Or : Alu.Xor;
        if (value.IsConstant && !value.IsImmediate)
        {
            _asm.Mov(Reg.Rdx, value.Value);
            _asm.Mov(StateWords.At(StateWords.OtherScratch), Reg.Rdx);
            value = Place.In(StateWords.OtherScratch);
        }

        _faults.Add(_code.ToExecutable(_asm.At), _pc, isWrite: true);
        _asm.Mov(Reg.Rax, memory, wide);
        var again = _asm.At;
        _asm.Mov(Reg.Rdx, Reg.Rax);
        Apply(alu, Reg.Rdx, value, wide);
        _faults.Add(_code.ToExecutable(_asm.At), _pc, isWrite: true);
        _asm.Lock();
        _asm.Cmpxchg(memory, Reg.Rdx, wide);
        _asm.Jcc(Cond.NotEqual, again);
    }
}
