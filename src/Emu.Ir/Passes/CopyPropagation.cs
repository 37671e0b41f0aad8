using System.Runtime.CompilerServices;

namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>copy</c>: an operand that was made by a <see cref="IrOp.Mov"/> becomes what was moved, if that still has the
/// value of then. Constants spread this way too, for <see cref="ConstantFolding"/> to use. A register's copy of itself is dropped.
/// </summary>
internal static class CopyPropagation
{
    public static void Visit(ref IrInsn insn, Definitions definitions)
    {
        insn.A = SourceOf(insn.A, definitions);
        if (insn.B.IsNone)
        {
            if (insn.Op == IrOp.Mov)
                insn.BecomeMov(insn.A);
            return;
        }

        insn.B = SourceOf(insn.B, definitions);
        insn.C = SourceOf(insn.C, definitions);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static IrValue SourceOf(IrValue value, Definitions definitions)
    {
        var index = definitions.Of(value);
        if (index < 0)
            return value;
        ref var definition = ref definitions.Block.At(index);
        return definition.Op == IrOp.Mov && definitions.IsUnchangedSince(definition.A, index) ? definition.A : value;
    }
}
