using System.Runtime.CompilerServices;
using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>A branch condition as a type.</summary>
internal interface ICondition
{
    static abstract IrCondition Condition { get; }

    static abstract bool Holds(ulong a, ulong b);
}

internal readonly struct Equal : ICondition
{
    public static IrCondition Condition => IrCondition.Equal;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(ulong a, ulong b) => a == b;
}

internal readonly struct NotEqual : ICondition
{
    public static IrCondition Condition => IrCondition.NotEqual;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(ulong a, ulong b) => a != b;
}

internal readonly struct LessSigned : ICondition
{
    public static IrCondition Condition => IrCondition.LessSigned;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(ulong a, ulong b) => (long)a < (long)b;
}

internal readonly struct GreaterEqualSigned : ICondition
{
    public static IrCondition Condition => IrCondition.GreaterEqualSigned;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(ulong a, ulong b) => (long)a >= (long)b;
}

internal readonly struct LessUnsigned : ICondition
{
    public static IrCondition Condition => IrCondition.LessUnsigned;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(ulong a, ulong b) => a < b;
}

internal readonly struct GreaterEqualUnsigned : ICondition
{
    public static IrCondition Condition => IrCondition.GreaterEqualUnsigned;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Holds(ulong a, ulong b) => a >= b;
}

/// <summary>Goes to one of two links.</summary>
internal readonly unsafe struct Branch<TCondition, TA, TB> : IExitOp
    where TCondition : struct, ICondition
    where TA : struct, ISource
    where TB : struct, ISource
{
    public static OpKey Key => OpKey.Of(IrOp.Branch, (int)TCondition.Condition, TA.Kind, TB.Kind);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool FallsThrough(VCpuState* state, Op* op, ulong previous) =>
        !TCondition.Holds(TA.First(state, op, previous), TB.Second(state, op, previous));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Op* Next(VCpuState* state, Op* op, ulong previous) => op->Taken;
}

/// <summary>Goes to its only link.</summary>
internal readonly unsafe struct Jump : IExitOp
{
    public static OpKey Key => OpKey.Of(IrOp.Jump, 0, SourceKind.Register, SourceKind.Register);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool FallsThrough(VCpuState* state, Op* op, ulong previous) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Op* Next(VCpuState* state, Op* op, ulong previous) => op->Taken;
}

/// <summary>Goes where the jump cache says for the operand under the mask in the immediate; on a miss to the op after it, which asks the vCPU loop.</summary>
internal readonly unsafe struct JumpIndirect<TA> : IExitOp
    where TA : struct, ISource
{
    public static OpKey Key => OpKey.Of(IrOp.JumpIndirect, 0, TA.Kind, SourceKind.Register);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool FallsThrough(VCpuState* state, Op* op, ulong previous) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Op* Next(VCpuState* state, Op* op, ulong previous)
    {
        var target = TA.First(state, op, previous) & op->Imm;
        var entry = state->JumpCache + JumpCacheEntry.IndexOf(target);
        if (entry->Pc == target)
            return (Op*)entry->Entry;
        state->Pc = target;
        return op + 1;
    }
}
