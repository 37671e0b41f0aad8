namespace Emu.Ir.Passes;

/// <summary>
/// Pass <c>branch</c>: a branch on whether a comparison's result is zero takes the comparison's operands and its condition,
/// if the operands still have the values of then; a test of a difference against zero becomes a test for equality.
/// Before that the constant, if any, moves to the second place.
/// </summary>
internal static class BranchFusion
{
    public static void Visit(ref IrInsn branch, Definitions definitions)
    {
        do
        {
            PlaceConstant(ref branch, definitions.Block);
            CompareWithZero(ref branch, definitions.Block);
        }
        while (TakeComparison(ref branch, definitions));
    }

    /// <summary>Exchanges the operands if the first alone is constant. There is no "greater", but n &lt; x says n + 1 &lt;= x.</summary>
    private static void PlaceConstant(ref IrInsn branch, IrBlock block)
    {
        if (!branch.A.IsConstant || branch.B.IsConstant)
            return;
        var condition = (IrCondition)branch.Flags;
        if (condition is not (IrCondition.Equal or IrCondition.NotEqual))
        {
            var isSigned = condition is IrCondition.LessSigned or IrCondition.GreaterEqualSigned;
            var bound = block.ConstantOf(branch.A);
            if (bound == (isSigned ? (ulong)long.MaxValue : ulong.MaxValue))
                return;
            branch.A = block.AddConstant(bound + 1);
            branch.Flags = (IrFlags)condition.Inverse();
        }

        (branch.A, branch.B) = (branch.B, branch.A);
    }

    /// <summary>x &lt; 1, unsigned, says x == 0.</summary>
    private static void CompareWithZero(ref IrInsn branch, IrBlock block)
    {
        var condition = (IrCondition)branch.Flags;
        if (condition is not (IrCondition.LessUnsigned or IrCondition.GreaterEqualUnsigned)
            || !branch.B.IsConstant || block.ConstantOf(branch.B) != 1)
            return;
        branch.B = block.AddConstant(0);
        branch.Flags = (IrFlags)(condition == IrCondition.LessUnsigned ? IrCondition.Equal : IrCondition.NotEqual);
    }

    private static bool TakeComparison(ref IrInsn branch, Definitions definitions)
    {
        var onZero = (IrCondition)branch.Flags;
        if (onZero is not (IrCondition.Equal or IrCondition.NotEqual)
            || !branch.B.IsConstant || definitions.Block.ConstantOf(branch.B) != 0)
            return false;
        var index = definitions.Of(branch.A);
        if (index < 0)
            return false;
        ref var test = ref definitions.Block.At(index);
        if (NonZeroWhen(test.Op) is not { } condition
            || !definitions.IsUnchangedSince(test.A, index) || !definitions.IsUnchangedSince(test.B, index))
            return false;
        (branch.A, branch.B) = (test.A, test.B);
        branch.Flags = (IrFlags)(onZero == IrCondition.NotEqual ? condition : condition.Inverse());
        return true;
    }

    /// <summary>The condition on its operands under which the op's result is not zero.</summary>
    private static IrCondition? NonZeroWhen(IrOp op) => op switch
    {
        IrOp.SetEqual => IrCondition.Equal,
        IrOp.SetNotEqual or IrOp.Xor or IrOp.Sub => IrCondition.NotEqual,
        IrOp.SetLessSigned => IrCondition.LessSigned,
        IrOp.SetLessUnsigned => IrCondition.LessUnsigned,
        _ => null,
    };
}
