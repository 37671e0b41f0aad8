using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

internal sealed unsafe partial class ThreadedEmitter<TMemory>
{
    private void EmitJump(in IrInsn insn)
    {
        var op = Append(Jump.Key);
        op->Taken = AppendStub((ulong)insn.Imm, &op->Taken);
    }

    private void EmitBranch(in IrInsn insn)
    {
        var op = AppendBranch(insn);
        op->NotTaken = AppendStub(_ir.EndPc, &op->NotTaken);
    }

    /// <summary>A branch whose other way is the next op.</summary>
    /// <exception cref="NotSupportedException">Counters are ahead of their time where the trace is left; this backend wants no traces.</exception>
    private void EmitLeaveIf(in IrInsn insn)
    {
        if (_ir.HasEachOnce && _ir.Early.Length > 0)
            throw new NotSupportedException("the threaded backend takes nothing back where a trace is left");
        var op = AppendBranch(insn);
        op->NotTaken = _next;
    }

    /// <summary>A branch over an indirect jump. If the budget ends at it, the guest instruction is done again.</summary>
    private void EmitLeaveUnless(in IrInsn insn)
    {
        var address = Offset(insn.A);
        var op = AppendComparison(insn, IrCondition.NotEqual);
        _fusion.Join();
        var jump = Append(JumpIndirect<Register>.Key);
        (jump->A, jump->Imm, jump->C) = (address, (ulong)insn.Imm, Leave.StubTag);
        Append((nint)(Handler)(&Leave.Missed))->C = Leave.MissTag;
        op->Taken = jump;
        op->NotTaken = _next;
    }

    private Op* AppendBranch(in IrInsn insn)
    {
        var op = AppendComparison(insn, (IrCondition)insn.Flags);
        op->Taken = AppendStub((ulong)insn.Imm, &op->Taken);
        return op;
    }

    private Op* AppendComparison(in IrInsn insn, IrCondition condition)
    {
        var (a, aKind) = BranchOperand(insn.A);
        var (b, bKind) = BranchOperand(insn.B);
        if (aKind == SourceKind.Zero && bKind == SourceKind.Zero)
            (a, aKind) = (Materialise(0), SourceKind.Register);
        var op = Append(OpKey.Of(IrOp.Branch, (int)condition, aKind, bKind));
        (op->A, op->B) = (a, b);
        return op;
    }

    private (ushort Offset, SourceKind Kind) BranchOperand(IrValue value) =>
        IsZero(value) ? ((ushort)0, SourceKind.Zero) : (Offset(value), SourceKind.Register);

    /// <summary>Clearing low bits of the target, as most guests do directly before, is part of the jump.</summary>
    private void EmitJumpIndirect(in IrInsn insn, int index)
    {
        var mask = ulong.MaxValue;
        ushort a;
        if (index > 0 && _ir.Insns[index - 1] is { Op: IrOp.And } clear && clear.Dst == insn.A && insn.A.IsTemp && clear.B.IsConstant && !clear.A.IsConstant)
        {
            (a, mask) = (Offset(clear.A), _ir.ConstantOf(clear.B));
            _next--;
            _fusion.Forget();
        }
        else
        {
            a = Offset(insn.A);
        }

        var op = Append(JumpIndirect<Register>.Key);
        (op->A, op->Imm) = (a, mask);
        Append((nint)(Handler)(&Leave.Missed))->C = Leave.MissTag;
    }

    private void EmitSyscall(in IrInsn insn) =>
        Append((nint)(Handler)(&Leave.Syscall))->Imm = (ulong)insn.Imm;

    private void EmitTrap(in IrInsn insn)
    {
        var a = Offset(insn.A);
        var op = Append((nint)(Handler)(&Leave.Trap));
        (op->A, op->B) = (a, (ushort)insn.Imm);
    }

    private void EmitExit(in IrInsn insn)
    {
        var op = Append((nint)(Handler)(&Leave.Exit));
        op->B = (ushort)insn.Flags;
        op->Imm = (ulong)insn.Imm;
    }

    private void EmitCallHelper(in IrInsn insn)
    {
        var (a, b) = (insn.A.IsNone ? (ushort)0 : Offset(insn.A), insn.B.IsNone ? (ushort)0 : Offset(insn.B));
        var op = Append((nint)(Handler)(&CallHelper.RawCalliHelper.Run), passing: Passing.Result);
        (op->A, op->B, op->D) = (a, b, Target(insn.Dst));
        op->Imm = (ulong)IrHelpers.FunctionOf(insn.Imm);
    }

    /// <summary>An exit that is not linked: its immediate is the address of the field that leads to it, which linking patches.</summary>
    private Op* AppendStub(ulong pc, Op** field)
    {
        var stub = Append((nint)(Handler)(&Leave.Unlinked));
        stub->Pc = pc;
        stub->C = Leave.StubTag;
        stub->Imm = (ulong)field;
        return stub;
    }
}
