using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Ir;

namespace Emu.Guest.RiscV;

/// <summary>
/// Reads a trace: from its head on over jumps, calls, branches and the returns of calls that are in it, the way that the vCPU usually goes; ways that it rarely goes leave the
/// trace. A loop back to the head is repeated, so that what is the same in each round is done once for several.
/// </summary>
internal struct TraceReader(IrBuilder ir, GuestMemory memory, CpuModel cpu, TraceGuide guide)
{
    private const int MaxStretches = 24;

    private readonly IrBlock _block = ir.Block;
    private readonly ulong _head = ir.Block.Pc;

    /// <summary>The calls in the trace that have not returned: link register and return address.</summary>
    private readonly Stack<(IrValue Link, ulong Return)> _calls = new();

    /// <summary>The trace is made of whole blocks, each once.</summary>
    private readonly bool _isOfBlocks = guide.BlockLength > 0;

    public void Read()
    {
        (_block.IsTrace, _block.HasEachOnce) = (true, _isOfBlocks);
        var pc = _head;
        ReadStretch(ref pc);
        _block.EndPc = pc;
        while (GoesOn(ref pc))
        {
            var (start, count, instructions) = (pc, _block.Count, _block.InstructionCount);
            ReadStretch(ref pc);
            // If no instruction could be had there, the trace ends with a jump to it.
            if (pc == start)
                break;
            if (_isOfBlocks && !Fits(start, pc))
            {
                _block.Truncate(count);
                _block.InstructionCount = instructions;
                ir.Jump((long)start);
                break;
            }

            _block.AddStretch(start, pc);
        }
    }

    private readonly void ReadStretch(ref ulong pc) =>
        BlockReader.ReadStretch(ir, memory, cpu, ref pc, _isOfBlocks ? _block.InstructionCount + guide.BlockLength : TraceGuide.MaxInstructions, mayChoose: !_isOfBlocks);

    /// <summary>True if the trace does not become too long by a block, and it has no instruction that is in the trace already.</summary>
    private readonly bool Fits(ulong start, ulong end)
    {
        if (_block.InstructionCount > TraceGuide.MaxInstructions || (start < _block.EndPc && _block.Pc < end))
            return false;
        foreach (var (otherStart, otherEnd) in _block.Stretches)
            if (start < otherEnd && otherStart < end)
                return false;
        return true;
    }

    /// <summary>Replaces the terminal by the way on, if there is one; else makes it one that a trace can have.</summary>
    private bool GoesOn(ref ulong pc)
    {
        var end = _block.Count - 1;
        var last = _block.Insns[end];
        return last.Op switch
        {
            IrOp.Branch => GoesOnBehindBranch(end, last, ref pc),
            IrOp.Jump => GoesOnBehindJump(end, last, ref pc),
            IrOp.JumpIndirect => GoesOnBehindReturn(end, ref pc),
            _ => false,
        };
    }

    private bool GoesOnBehindJump(int end, in IrInsn jump, ref ulong pc)
    {
        var next = pc;
        if (!GoesOnAt((ulong)jump.Imm, end, ref pc))
            return false;
        // A jump that leaves the address behind it in a register is a call.
        if (end > 0 && _block.Insns[end - 1] is { Op: IrOp.Mov, A.IsConstant: true } link && _block.ConstantOf(link.A) == next)
            _calls.Push((link.Dst, next));
        return true;
    }

    /// <summary>A return is known, if the link register still holds what the call has put there, or expected.</summary>
    private bool GoesOnBehindReturn(int end, ref ulong pc)
    {
        if (AddedBefore(end) is not { } sum)
            return false;
        var (register, offset) = (_block.Insns[sum].A, _block.ConstantOf(_block.Insns[sum].B));
        var isReturn = _calls.TryPeek(out var call) && call.Link == register && offset == 0 && _block.Insns[end - 1].Dst == _block.Insns[end].A;
        var set = DefinitionOf(register, sum);
        var known = set >= 0 && _block.Insns[set] is { Op: IrOp.Mov, A.IsConstant: true };
        if (!known && !isReturn)
            return false;
        var target = known ? (_block.ConstantOf(_block.Insns[set].A) + offset) & ~1UL : call.Return;
        if (!GoesOnAt(target, end, ref pc))
            return false;
        if (!known)
            ir.LeaveUnless(register, ir.Constant(target), ~1L);
        if (isReturn)
            _calls.Pop();
        return true;
    }

    private bool GoesOnBehindBranch(int end, in IrInsn branch, ref ulong pc)
    {
        var (taken, next) = ((ulong)branch.Imm, pc);
        // A branch to behind itself goes there in either case, which a trace cannot tell apart.
        if (taken == next)
            return false;
        var takes = taken == _head || (next != _head && guide.HeatOf(taken) > guide.HeatOf(next));
        var (way, other) = takes ? (taken, next) : (next, taken);
        var condition = (IrCondition)branch.Flags;
        _block.Truncate(end);
        ir.LeaveIf(takes ? condition.Inverse() : condition, branch.A, branch.B, other);
        ir.Jump((long)way);
        // A branch back that closes another loop than the trace's own ends it.
        return !(takes && way < pc && way != _head) && GoesOnAt(way, end + 1, ref pc);
    }

    /// <summary>Goes on at that address instead of with the jump at <paramref name="end"/>.</summary>
    private bool GoesOnAt(ulong way, int end, ref ulong pc)
    {
        if (!MayGoOn(way))
            return false;
        _block.Truncate(end);
        pc = way;
        return true;
    }

    private bool MayGoOn(ulong way)
    {
        var count = _block.InstructionCount;
        if (count >= TraceGuide.MaxInstructions || _block.Stretches.Length >= MaxStretches)
            return false;
        if (way == _head && _isOfBlocks)
            return false;
        if (way == _head)
            return count + count / Rounds() <= TraceGuide.MaxUnrolled;
        foreach (var (start, _) in _block.Stretches)
            if (start == way && Rounds() == 1)
                return false;
        return guide.IsWorth(way);
    }

    /// <summary>How often the trace has come by its head.</summary>
    private int Rounds()
    {
        var rounds = 1;
        foreach (var (start, _) in _block.Stretches)
            rounds += start == _head ? 1 : 0;
        return rounds;
    }

    /// <summary>The addition of register and constant whose sum, with its lowest bit cleared, is the target of the indirect jump at <paramref name="end"/>.</summary>
    private int? AddedBefore(int end) =>
        DefinitionOf(_block.Insns[end].A, end) is >= 0 and var mask && _block.Insns[mask] is { Op: IrOp.And } and
            && DefinitionOf(and.A, mask) is >= 0 and var sum && _block.Insns[sum] is { Op: IrOp.Add, A.IsGlobal: true, B.IsConstant: true }
            ? sum
            : null;

    /// <summary>The instruction that made the value, seen from the one at <paramref name="index"/>, or -1.</summary>
    private int DefinitionOf(IrValue value, int index)
    {
        while (--index >= 0)
        {
            if (_block.Insns[index].Dst == value)
                return index;
            if (value.IsGlobal && _block.Insns[index].Op.Has(IrProperties.Calls))
                return -1;
        }

        return -1;
    }
}
