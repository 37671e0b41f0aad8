namespace Emu.Ir.Reference.RandomBlocks;

/// <content>Integer ops and the sequences of them that guests write.</content>
public sealed partial class RandomBlock
{
    private static readonly IrOp[] IntegerOps =
        [.. Enum.GetValues<IrOp>().Where(static op => IrEvaluator.TryEvaluate(op, 1, 1, 1, out _))];

    private static readonly IrOp[] Extensions =
        [.. Enum.GetValues<IrOp>().Where(op => op is >= IrOp.SignExtend8 and <= IrOp.ZeroExtend32)];

    private void AddInteger(IrOp op)
    {
        var operands = IrOps.OperandsOf(op);
        var (a, b, c) = (Value(), Value(), Value());
        var target = Target();
        ref var insn = ref _block.Append(op);
        insn.A = a;
        insn.B = (operands & IrOperands.B) != 0 ? b : default;
        insn.C = (operands & IrOperands.C) != 0 ? c : default;
        insn.Dst = target;
        Publish(target);
    }

    private void AddIdiom()
    {
        switch (random.Next(7))
        {
            case 0:
                AddShiftPair();
                break;
            case 1:
                AddConstantInTwoParts();
                break;
            case 2:
                Emit(IrOp.Mov, Target(), Value());
                break;
            case 3:
                Emit(random.Pick(Extensions), Target(), Emit(random.Pick(Extensions), Place(), Value()));
                break;
            case 4:
                Emit(IrOp.Add, Target(), Emit(IrOp.Add, Place(), Value(), Constant(random.Next(-64, 64))), Constant(random.Next(-64, 64)));
                break;
            case 5:
                Emit(IrOp.NanUnbox, Target(), Emit(IrOp.NanBox, Place(), Value()));
                break;
            case 6:
                Emit(random.Pick(Extensions), Target(), Emit(IrOp.Add32, Place(), Value(), Value()));
                break;
        }
    }

    /// <summary>slli d, s, n; srli d, d, n, with the shifts in one or in two guest instructions, d often the same as s, and sometimes an access between.</summary>
    private void AddShiftPair()
    {
        var amount = Constant(random.Pick([32, 32, 48, 56, random.Next(64)]));
        var place = Place();
        Emit(IrOp.Shl, place, place.IsGlobal && random.OneIn(2) ? place : Value(), amount);
        if (random.OneIn(2))
            StartInsn();
        if (Has(RandomOps.Memory) && random.OneIn(4))
            AddAccess();
        Emit(random.OneIn(2) ? IrOp.Shr : IrOp.Sar, random.OneIn(2) && place.IsGlobal ? place : Target(), place, amount);
    }

    /// <summary>lui d, high; addi d, d, low.</summary>
    private void AddConstantInTwoParts()
    {
        var register = Register();
        Emit(IrOp.Mov, register, Constant(random.NextInteger() & ~0xFFFUL));
        StartInsn();
        Emit(random.OneIn(2) ? IrOp.Add : IrOp.Add32, register, register, Constant(random.Next(-2048, 2048)));
    }

    /// <summary>Where an intermediate result goes: a register or a temporary.</summary>
    private IrValue Place() => random.OneIn(2) ? Register() : NewTemp();

    private void AddTerminal()
    {
        switch (random.Next(8))
        {
            case 0:
                _block.Append(IrOp.Jump).Imm = (long)options.Pc + 0x100;
                break;
            case 1:
                Emit(IrOp.JumpIndirect, default, Emit(IrOp.And, NewTemp(), Value(), Constant(-2)));
                break;
            case 2:
                _block.Append(IrOp.Syscall).Imm = (long)_block.EndPc;
                break;
            case 3:
                Emit(IrOp.Trap, default, Value());
                _block.Insns[^1].Imm = random.Next(Enum.GetValues<IrTrap>().Length);
                break;
            case 4:
                ref var exit = ref _block.Append(IrOp.Exit);
                (exit.Imm, exit.Flags) = ((long)_block.EndPc, (IrFlags)random.Next(Enum.GetValues<IrExit>().Length));
                break;
            default:
                AddBranch();
                break;
        }
    }

    /// <summary>A branch out of the block, which does not often go on there: more of the block is seen if it is rarely left.</summary>
    private void AddWayOut()
    {
        if (random.OneIn(4))
        {
            var value = Value();
            Emit(IrOp.LeaveUnless, default, value, random.OneIn(2) ? value : Value());
            _block.Insns[^1].Imm = random.OneIn(4) ? -1 : -2;
            return;
        }

        AddBranch();
        ref var branch = ref _block.Insns[^1];
        branch.Op = IrOp.LeaveIf;
        branch.Imm = random.OneIn(2) ? (long)options.Pc - 0x40 : (long)options.Pc + 0x200;
        if (random.OneIn(2))
            branch.Flags = (IrFlags)(branch.A.IsConstant ? IrCondition.Equal : random.Pick([IrCondition.Equal, IrCondition.LessUnsigned]));
    }

    private void AddBranch()
    {
        IrOp[] tests = [IrOp.SetEqual, IrOp.SetNotEqual, IrOp.SetLessSigned, IrOp.SetLessUnsigned, IrOp.Xor, IrOp.Sub, IrOp.And];
        var (a, b) = (Value(), random.OneIn(3) ? Constant(random.Next(2)) : Value());
        if (random.OneIn(2))
            (a, b) = (Emit(random.Pick(tests), Place(), a, b), Constant(random.Pick([0, 0, 0, 1])));
        if (random.OneIn(4))
            (a, b) = (b, a);
        Emit(IrOp.Branch, default, a, b);
        ref var branch = ref _block.Insns[^1];
        branch.Imm = (long)options.Pc + 0x80;
        branch.Flags = (IrFlags)random.Next(Enum.GetValues<IrCondition>().Length);
    }
}
