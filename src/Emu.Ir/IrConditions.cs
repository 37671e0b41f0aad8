namespace Emu.Ir;

/// <summary>What the conditions of <see cref="IrOp.Branch"/> and <see cref="IrOp.LeaveIf"/> mean.</summary>
public static class IrConditions
{
    /// <summary>True if the condition holds for the two values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The condition is none of <see cref="IrCondition"/>.</exception>
    public static bool Holds(this IrCondition condition, ulong a, ulong b) => condition switch
    {
        IrCondition.Equal => a == b,
        IrCondition.NotEqual => a != b,
        IrCondition.LessSigned => (long)a < (long)b,
        IrCondition.GreaterEqualSigned => (long)a >= (long)b,
        IrCondition.LessUnsigned => a < b,
        IrCondition.GreaterEqualUnsigned => a >= b,
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "no branch condition"),
    };

    /// <summary>The condition that holds exactly when this one does not.</summary>
    public static IrCondition Inverse(this IrCondition condition) => (IrCondition)((int)condition ^ 1);
}
