using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Guest.RiscV;

/// <summary>
/// A branch over a few instructions that only compute one register: compilers for hosts with conditional moves have none there, and RISC-V has none without
/// Zicond. They are done in any case, and their result chosen or not, so that the block goes on.
/// </summary>
internal static class SkippedInstructions
{
    /// <summary>Bytes that are skipped at most: what is done in vain costs less than a branch that was not foreseen.</summary>
    private const int MaxBytes = 8;

    /// <summary>If the block ends with such a branch and the instructions at <paramref name="pc"/>, makes them a choice and moves on behind them.</summary>
    public static bool TryChoose(IrBuilder ir, GuestMemory memory, CpuModel cpu, ref ulong pc, ulong pageEnd)
    {
        var block = ir.Block;
        var end = block.Count - 1;
        var branch = block.Insns[end];
        var target = (ulong)branch.Imm;
        if (branch.Op != IrOp.Branch || target <= pc || target - pc > MaxBytes || target >= pageEnd)
            return false;
        block.Truncate(end);
        var instructions = TryRead(ir, memory, cpu, pc, target);
        if (instructions == 0 || !TryChoose(ir, end, branch))
        {
            block.Truncate(end);
            block.Append(IrOp.Branch) = branch;
            return false;
        }

        pc = target;
        block.InstructionCount += instructions;
        return true;
    }

    /// <summary>Appends the instructions from one address to another; their number, or 0 if they are not just these.</summary>
    private static int TryRead(IrBuilder ir, GuestMemory memory, CpuModel cpu, ulong pc, ulong target)
    {
        var semantics = new InstructionSemantics(ir, cpu);
        var count = 0;
        for (; pc < target; count++)
        {
            if (semantics.Ended || !BlockReader.TryFetch(memory, pc, out var bits, out _))
                return 0;
            semantics.Append(pc, cpu.Decode(bits), bits);
            pc += (ulong)InstructionDecoder.LengthOf(bits);
        }

        return pc == target && !semantics.Ended ? count : 0;
    }

    /// <summary>Makes what the instructions write, if it is one register, a choice; false if they do anything else.</summary>
    private static bool TryChoose(IrBuilder ir, int start, in IrInsn branch)
    {
        var block = ir.Block;
        var (register, value) = (IrValue.None, IrValue.None);
        for (var i = start; i < block.Count; i++)
        {
            var insn = block.Insns[i];
            if (insn.Op == IrOp.InsnStart)
                continue;
            if (!OnlyComputes(insn) || (insn.Dst.IsGlobal && !register.IsNone && insn.Dst != register))
                return false;
            if (!value.IsNone)
                (insn.A, insn.B, insn.C) = (Current(insn.A), Current(insn.B), Current(insn.C));
            if (insn.Dst.IsGlobal)
            {
                register = insn.Dst;
                insn.Dst = value = block.NewTemp();
            }

            block.Replace(i, insn);
        }

        if (register.IsNone)
            return false;
        ir.SetGlobal(register.Index, Choice(ir, branch, register, value));
        return true;

        IrValue Current(IrValue operand) => operand == register ? value : operand;
    }

    /// <summary>True for ops on integers that take no long time, as a guest may branch over divisions for that.</summary>
    private static bool OnlyComputes(in IrInsn insn) =>
        insn.Op.Has(IrProperties.Pure) && insn.Op < IrOp.Load && insn.Op is not ((>= IrOp.DivSigned and <= IrOp.RemUnsigned) or (>= IrOp.DivSigned32 and <= IrOp.RemUnsigned32))
        && (insn.Dst.IsTemp || IsInteger(insn.Dst));

    private static bool IsInteger(IrValue value) =>
        value.IsGlobal && value.Index >= RiscVState.OffsetOf(XRegister.Zero) && value.Index <= RiscVState.OffsetOf(XRegister.T6);

    /// <summary>The old value if the branch is taken, else the new one.</summary>
    private static IrValue Choice(IrBuilder ir, in IrInsn branch, IrValue old, IrValue value) => (IrCondition)branch.Flags switch
    {
        IrCondition.Equal => ir.Select(ir.SetEqual(branch.A, branch.B), old, value),
        IrCondition.NotEqual => ir.Select(ir.SetNotEqual(branch.A, branch.B), old, value),
        IrCondition.LessSigned => ir.Select(ir.SetLessSigned(branch.A, branch.B), old, value),
        IrCondition.GreaterEqualSigned => ir.Select(ir.SetLessSigned(branch.A, branch.B), value, old),
        IrCondition.LessUnsigned => ir.Select(ir.SetLessUnsigned(branch.A, branch.B), old, value),
        _ => ir.Select(ir.SetLessUnsigned(branch.A, branch.B), value, old),
    };
}
