namespace Emu.Ir.Reference;

/// <summary>
/// Executes IR blocks one instruction after the other, in the plainest way, as the truth that passes and backends are
/// compared with. Not fast, not thread-safe: one vCPU alone.
/// </summary>
public sealed partial class ReferenceInterpreter(ReferenceState state, ReferenceMemory memory, IHookSink hooks)
{
    private IrBlock _block = new();
    private ulong[] _temps = [];
    private ulong _pc;

    /// <summary>Executes the block, which must be valid, from its first instruction to its end or to a fault.</summary>
    public BlockEnd Run(IrBlock block)
    {
        _block = block;
        _temps = new ulong[block.TempCount];
        _pc = block.Pc;
        for (var index = 0; index < block.Count; index++)
        {
            ref readonly var insn = ref block.Insns[index];
            if (insn.Op == IrOp.SkipUnlessZero)
                index += Read(insn.A) == 0 ? 0 : (int)insn.Imm;
            else if (Step(insn) is { } end)
                return Leave(end);
        }

        throw new InvalidIrException("the block has no terminal");
    }

    private BlockEnd Leave(BlockEnd end)
    {
        if (end.Kind is BlockEndKind.ReadFault or BlockEndKind.WriteFault or BlockEndKind.Misaligned or BlockEndKind.Trap)
            EarlySum.TakeBack(_block.Early, _pc - _block.Pc, state.VCpuIndex);
        return end;
    }

    private BlockEnd? Step(in IrInsn insn)
    {
        if (insn.Op.IsTerminal())
            return Terminate(insn);
        if (insn.Op.HasAny(IrProperties.Reads | IrProperties.Writes))
            return Access(insn);
        if (insn.Op == IrOp.LeaveIf)
            return ((IrCondition)insn.Flags).Holds(Read(insn.A), Read(insn.B)) ? new(BlockEndKind.Jump, (ulong)insn.Imm) : null;
        if (insn.Op == IrOp.LeaveUnless)
            return Read(insn.A) == Read(insn.B) ? null : new(BlockEndKind.Jump, Read(insn.A) & (ulong)insn.Imm);
        if (insn.Op == IrOp.InsnStart)
            _pc = (ulong)insn.Imm;
        else if (insn.Op.HasAny(IrProperties.Effects))
            Affect(insn);
        else if (HasNoRounding(insn))
            return new(BlockEndKind.Trap, _pc, Value: 0, (int)IrTrap.IllegalInstruction);
        else
            Write(insn.Dst, Compute(insn));
        return null;
    }

    private ulong Compute(in IrInsn insn)
    {
        var (a, b, c) = (Read(insn.A), Read(insn.B), Read(insn.C));
        return IrEvaluator.TryEvaluate(insn.Op, a, b, c, out var value) ? value : ComputeFloat(insn, a, b, c);
    }

    private BlockEnd Terminate(in IrInsn insn) => insn.Op switch
    {
        IrOp.Jump => new(BlockEndKind.Jump, (ulong)insn.Imm),
        IrOp.Branch when ((IrCondition)insn.Flags).Holds(Read(insn.A), Read(insn.B)) => new(BlockEndKind.Jump, (ulong)insn.Imm),
        IrOp.Branch => new(BlockEndKind.Jump, _block.EndPc),
        IrOp.JumpIndirect => new(BlockEndKind.Jump, Read(insn.A)),
        IrOp.Syscall => new(BlockEndKind.Syscall, (ulong)insn.Imm),
        IrOp.Trap => new(BlockEndKind.Trap, _pc, Read(insn.A), (int)insn.Imm),
        IrOp.Exit => new(BlockEndKind.Exit, (ulong)insn.Imm, Cause: (int)insn.Flags),
        _ => throw Unknown(insn.Op),
    };

    private ulong Read(IrValue value) => value.Kind switch
    {
        IrValueKind.Temp => _temps[value.Index],
        IrValueKind.Global => state[value.Index],
        IrValueKind.Constant => _block.ConstantOf(value),
        _ => 0,
    };

    private void Write(IrValue target, ulong value)
    {
        if (target.IsTemp)
            _temps[target.Index] = value;
        else if (target.IsGlobal)
            state[target.Index] = value;
    }

    private static InvalidOperationException Unknown(IrOp op) => new($"the reference interpreter does not know {op}");
}
