namespace Emu.Ir;

/// <summary>Rules about operands: which must be there, what they may name, and that temporaries are assigned once and first.</summary>
internal sealed class ValueRules(IrBlock block)
{
    private readonly bool[] _isAssigned = new bool[block.TempCount];

    /// <summary>What is wrong with the operands and the result, or null. Call once for each instruction, in order.</summary>
    public string? ErrorIn(in IrInsn insn)
    {
        var operands = IrOps.OperandsOf(insn.Op);
        return ErrorInOperand("a", insn.A, (operands & IrOperands.A) != 0)
            ?? ErrorInOperand("b", insn.B, (operands & IrOperands.B) != 0)
            ?? ErrorInOperand("c", insn.C, (operands & IrOperands.C) != 0)
            ?? ErrorInResult(insn.Dst, (operands & IrOperands.Dst) != 0);
    }

    private string? ErrorInOperand(string name, IrValue value, bool isWanted)
    {
        if (value.IsNone)
            return isWanted ? $"operand {name} is missing" : null;
        if (!isWanted)
            return $"the op has no operand {name}";
        if (ErrorInIndex(value) is { } error)
            return error;
        return value.IsTemp && !_isAssigned[value.Index] ? $"%{value.Index} is read before it is assigned" : null;
    }

    private string? ErrorInResult(IrValue result, bool isWanted)
    {
        if (result.IsNone)
            return null;
        if (!isWanted)
            return "the op has no result";
        if (result.IsConstant)
            return "a constant cannot be assigned";
        if (ErrorInIndex(result) is { } error)
            return error;
        if (!result.IsTemp)
            return null;
        if (_isAssigned[result.Index])
            return $"%{result.Index} is assigned twice";
        _isAssigned[result.Index] = true;
        return null;
    }

    private string? ErrorInIndex(IrValue value) => value.Kind switch
    {
        IrValueKind.Temp when (uint)value.Index >= (uint)block.TempCount => $"the block has {block.TempCount} temporaries",
        IrValueKind.Constant when (uint)value.Index >= (uint)block.ConstantCount => $"the block has {block.ConstantCount} constants",
        IrValueKind.Global when value.Index < 0 || value.Index % IrGlobals.Size != 0 => $"a global's offset is a multiple of {IrGlobals.Size}",
        _ => null,
    };
}
