using Emu.Ir;

namespace Emu.Backend.Tests.Differential;

/// <summary>Where an operand of a test block comes from: the backend has other handlers for each.</summary>
public enum OperandKind
{
    Register,
    Temporary,
    Constant,
}

/// <summary>Operands and values with which ops are tried.</summary>
internal static class Operands
{
    public static readonly OperandKind[] Kinds = Enum.GetValues<OperandKind>();

    /// <summary>Integers at the edges.</summary>
    public static readonly ulong[] Edges =
        [0, 1, 31, 32, 63, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, ulong.MaxValue, 0x123456789ABCDEF0];

    /// <summary>An operand of the given kind with the value, which is put into the register if it comes from there.</summary>
    public static IrValue Operand(this IrBuilder ir, StartState start, OperandKind kind, int register, ulong value)
    {
        if (kind == OperandKind.Constant)
            return ir.Constant(value);
        start[TestBlock.Offset(register)] = value;
        return kind == OperandKind.Register ? ir.Global(TestBlock.Offset(register)) : ir.Mov(ir.Global(TestBlock.Offset(register)));
    }
}
