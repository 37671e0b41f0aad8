using Emu.Ir.Text;

namespace Emu.Ir;

/// <summary>Rules about sizes, flags and immediates.</summary>
internal static class ModifierRules
{
    private const int LongestInsn = 15;

    /// <summary>What is wrong with them, or null.</summary>
    public static string? ErrorIn(in IrInsn insn, IrBlock block)
    {
        var operands = IrOps.OperandsOf(insn.Op);
        if ((operands & IrOperands.Size) == 0 ? insn.Size != 0 : !IsSize(insn))
            return $"size {insn.Size} is not possible";
        if (IrModifiers.WordOf(insn.Op, insn.Flags) is null)
            return $"flags {(byte)insn.Flags} are not possible";
        if ((operands & IrOperands.Imm) == 0)
            return insn.Imm == 0 ? null : "the op has no immediate";
        return ErrorInImmediate(insn, block);
    }

    private static bool IsSize(in IrInsn insn) => insn.Op switch
    {
        IrOp.InsnStart => insn.Size is > 0 and <= LongestInsn,
        (>= IrOp.FloatAdd and <= IrOp.FloatFromUInt64) or (>= IrOp.FloatMinimum and <= IrOp.FloatRoundExact) => insn.Size is 2 or 4 or 8,
        IrOp.FloatFromHalf or IrOp.FloatToHalf or IrOp.LoadReserved or IrOp.StoreConditional => insn.Size is 4 or 8,
        IrOp.FloatToInt32Modular => insn.Size is 8,
        _ => insn.Size is 1 or 2 or 4 or 8,
    };

    private static string? ErrorInImmediate(in IrInsn insn, IrBlock block) => IrImmediates.KindOf(insn.Op) switch
    {
        IrImmediate.Hook when (ulong)insn.Imm >= (ulong)block.HookCount => $"the block has {block.HookCount} hooks",
        IrImmediate.Helper when (ulong)insn.Imm >= (ulong)IrHelpers.Count => $"there are {IrHelpers.Count} helpers",
        IrImmediate.Count when insn.Imm is < 0 or > int.MaxValue => $"the count {insn.Imm} is not possible",
        IrImmediate.Trap when !Enum.IsDefined((IrTrap)insn.Imm) => "no such trap",
        _ => null,
    };
}
