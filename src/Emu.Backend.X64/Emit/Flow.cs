using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// Exits. Whoever wants the vCPU back sets its budget to zero; every cycle has a jump backward or an indirect one, and these look.
internal sealed unsafe partial class X64Emitter
{
    /// <summary>The jump cache lies directly behind the state block.</summary>
    private static readonly Mem CachedPc = Mem.At(Reg.Rbp, Reg.Rdx, VCpuContext.StateBytes - StateWords.Bias, scale: 3);

    private static readonly Mem CachedEntry = Mem.At(Reg.Rbp, Reg.Rdx, VCpuContext.StateBytes - StateWords.Bias + sizeof(ulong), scale: 3);

    private void EmitJump(in IrInsn insn)
    {
        var target = (ulong)insn.Imm;
        if (IsBackward(target))
            AddCold(new ColdPath { Kind = ColdKind.BudgetAtJump, Site = Poll(), Pc = target });
        // The rounds of a loop need no link: who drops its code waits until nobody is in it.
        if (_loop is not null)
            _asm.Jmp(_loop);
        else
            AddExit(_asm.PatchableJmp(), target);
    }

    private void EmitBranch(in IrInsn insn)
    {
        var (a, b, target) = (Of(insn.A), Of(insn.B), (ulong)insn.Imm);
        if (IsBackward(target))
            AddCold(new ColdPath { Kind = ColdKind.BudgetAtBranch, Site = Poll(), Insn = insn, A = a, B = b, Pc = target });
        var condition = Compare(insn.A, insn.B, ConditionOf(insn));
        AddExit(_asm.PatchableJcc(condition), target);
        AddExit(_asm.PatchableJmp(), _ir.EndPc);
    }

    /// <summary>Leaves the block in its middle. The look at the budget is out of the way, as the block usually goes on.</summary>
    private void EmitLeaveIf(in IrInsn insn)
    {
        var target = (ulong)insn.Imm;
        var condition = Compare(insn.A, insn.B, ConditionOf(insn));
        var wayOut = EarlySum.WayOutOf(_offset);
        if (IsBackward(target) || _swaps.Count > 0 || IsEarlyAt(wayOut))
            AddCold(new ColdPath { Kind = ColdKind.FarExit, Site = _asm.Jcc(condition), Pc = target, WayOut = wayOut });
        else
            AddExit(_asm.PatchableJcc(condition), target);
    }

    private void EmitLeaveUnless(in IrInsn insn)
    {
        var address = Of(insn.A);
        var condition = Compare(address, Of(insn.B), Cond.NotEqual, Reg.Rax);
        AddCold(new ColdPath { Kind = ColdKind.LeaveUnless, Site = _asm.Jcc(condition), A = address, Insn = insn, WayOut = EarlySum.WayOutOf(_offset) });
    }

    /// <summary>An indirect jump, in cold code. The comparison has left the address where it was, in rax too.</summary>
    private void EmitColdIndirect(in ColdPath path)
    {
        var hot = _asm.At;
        _asm.At = _cold.At;
        MoveTo(Reg.Rax, path.A);
        if (path.Insn.Imm != -1)
            _asm.Op(Alu.And, Reg.Rax, (int)path.Insn.Imm);
        if (IsEarlyAt(path.WayOut))
        {
            _asm.Mov(StateWords.At(StateWords.Scratch), Reg.Rax);
            TakeBack(path.WayOut);
            _asm.Mov(Reg.Rax, StateWords.At(StateWords.Scratch));
        }

        LeaveLoop(_asm);
        _asm.Op(Alu.Cmp, StateWords.At(StateOffsets.Budget), 0, wide: false);
        _asm.Jcc(Cond.Equal, Stubs.Budget);
        _asm.Mov(Reg.Rdx, Reg.Rax, wide: false);
        _asm.Op(Alu.And, Reg.Rdx, (JumpCacheEntry.Count - 1) << 1, wide: false);
        _asm.Op(Alu.Cmp, Reg.Rax, CachedPc);
        _asm.Jcc(Cond.NotEqual, Stubs.Lookup);
        _asm.Jmp(CachedEntry);
        _cold.At = _asm.At;
        _asm.At = hot;
    }

    /// <summary>A block that may become hot counts its entries; every so many it is left for the vCPU loop, which makes a trace of it.</summary>
    private void CountEntry()
    {
        if (_ir.EntryStep == 0)
            return;
        _asm.Op(Alu.Add, StateWords.At(HeatTable.OffsetOf(_ir.Pc)), (int)_ir.EntryStep, wide: false);
        AddCold(ColdKind.Hot, _asm.Jcc(Cond.Below));
    }

    private static Cond ConditionOf(in IrInsn insn) => (IrCondition)insn.Flags switch
    {
        IrCondition.Equal => Cond.Equal,
        IrCondition.NotEqual => Cond.NotEqual,
        IrCondition.LessSigned => Cond.Less,
        IrCondition.GreaterEqualSigned => Cond.GreaterEqual,
        IrCondition.LessUnsigned => Cond.Below,
        IrCondition.GreaterEqualUnsigned => Cond.AboveEqual,
        _ => throw new InvalidOperationException($"{insn.Flags} is no branch condition"),
    };

    private bool IsBackward(ulong target) => target <= _ir.Pc;

    /// <summary>Looks whether the vCPU is wanted back; the displacement of the jump that is taken then.</summary>
    private byte* Poll()
    {
        _asm.Op(Alu.Cmp, StateWords.At(StateOffsets.Budget), 0, wide: false);
        return _asm.Jcc(Cond.Equal);
    }

    private void AddExit(byte* site, ulong target) => AddCold(new ColdPath { Kind = ColdKind.Link, Site = site, Pc = target });

    /// <summary>
    /// The exit is not linked: leaves with the address to go on at, and with this stub as the site. The four bytes before the stub tell where its jump stands.
    /// </summary>
    private void EmitLinkStub(in ColdPath path)
    {
        _cold.Int32((int)(path.Site - _cold.At));
        Asm.Aim(path.Site, _cold.At);
        var stub = _cold.At;
        _faults.AddExit(_code.ToExecutable(stub));
        _cold.Lea(Reg.Rdx, Mem.Of(stub));
        LeaveCold(path.Pc, Stubs.Link);
    }

    /// <summary>Makes the jump that leads to a link stub go elsewhere, by one store; null: to the stub again. All places are those of the view that is written.</summary>
    public static void Patch(byte* stub, byte* target)
    {
        var site = stub - sizeof(int) + *(int*)(stub - sizeof(int));
        Volatile.Write(ref *(int*)site, (int)((target is null ? stub : target) - (site + sizeof(int))));
    }

    private void EmitFarExit(in ColdPath path)
    {
        LeaveLoop(_cold);
        var hot = _asm.At;
        _asm.At = _cold.At;
        TakeBack(path.WayOut);
        _cold.At = _asm.At;
        _asm.At = hot;
        if (!IsBackward(path.Pc))
        {
            EmitLinkStub(path with { Site = _cold.PatchableJmp() });
            return;
        }

        _cold.Op(Alu.Cmp, StateWords.At(StateOffsets.Budget), 0, wide: false);
        var wanted = _cold.Jcc(Cond.Equal);
        EmitLinkStub(path with { Site = _cold.PatchableJmp() });
        Asm.Aim(wanted, _cold.At);
        LeaveCold(path.Pc, Stubs.Budget);
    }

    private void EmitBudgetAtBranch(in ColdPath path)
    {
        // The comparison is made again, in cold code.
        var hot = _asm.At;
        _asm.At = _cold.At;
        var taken = _asm.Jcc(Compare(path.A, path.B, ConditionOf(path.Insn)));
        _cold.At = _asm.At;
        _asm.At = hot;
        LeaveCold(_ir.EndPc, Stubs.Budget);
        Asm.Aim(taken, _cold.At);
        LeaveCold(path.Pc, Stubs.Budget);
    }

    /// <summary>The address of the block's indirect jump may have its lowest bit set.</summary>
    private bool _jumpMask;

    /// <summary>
    /// True if the op only clears the lowest bit of where the next one jumps to. It is left out: with that bit set the address is not in the jump cache, and cold code clears it.
    /// </summary>
    private bool IsMaskOfJump(in IrInsn insn)
    {
        var last = _ir.Count - 1;
        return _jumpMask = insn.B.IsConstant && _ir.ConstantOf(insn.B) == ~1UL && insn.Dst.IsTemp && _ir.Insns[last].Op == IrOp.JumpIndirect
            && _temps.IsOnlyUsedAt(insn.Dst, last) && StaysUntil(insn.A, last);
    }

    /// <summary>Goes where the vCPU's jump cache says.</summary>
    private void EmitJumpIndirect(in IrInsn insn)
    {
        var address = ToRegister(Of(insn.A), Reg.Rax);
        var cold = new ColdPath { Kind = ColdKind.Indirect, A = Place.Of(address), Target = Stubs.Budget, IsMasked = _jumpMask };
        AddCold(cold with { Site = Poll() });
        _asm.Mov(Reg.Rdx, address, wide: false);
        _asm.Op(Alu.And, Reg.Rdx, (JumpCacheEntry.Count - 1) << 1, wide: false);
        _asm.Op(Alu.Cmp, address, CachedPc);
        AddCold(cold with { Site = _asm.Jcc(Cond.NotEqual), Target = Stubs.Lookup });
        _asm.Jmp(CachedEntry);
    }

    private void EmitSyscall(in IrInsn insn)
    {
        _asm.Mov(Reg.Rax, (ulong)insn.Imm);
        _asm.Jmp(Stubs.Syscall);
    }

    private void EmitTrap(in IrInsn insn)
    {
        _asm.Mov(StateWords.At(StateOffsets.FaultAddress), ToRegister(Of(insn.A), Reg.Rax));
        _asm.Mov(StateWords.At(StateOffsets.Cause), (int)insn.Imm, wide: false);
        _asm.Mov(Reg.Rax, _pc);
        _asm.Jmp(Stubs.Trap);
    }

    private void EmitExit(in IrInsn insn)
    {
        _asm.Mov(StateWords.At(StateOffsets.Cause), (int)insn.Flags, wide: false);
        _asm.Mov(Reg.Rax, (ulong)insn.Imm);
        _asm.Jmp(Stubs.Exit);
    }
}
