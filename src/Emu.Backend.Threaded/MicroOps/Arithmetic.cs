using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Ir.Values;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>A pure op of two operands.</summary>
internal readonly unsafe struct Binary<TValue, TA, TB> : IMicroOp
    where TValue : struct, IBinaryValue
    where TA : struct, ISource
    where TB : struct, ISource
{
    public static OpKey Key => OpKey.Of(TValue.Op, 0, TA.Kind, TB.Kind);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address)
    {
        var result = TValue.Apply(TA.First(state, op, previous), TB.Second(state, op, previous));
        *(ulong*)((byte*)state + op->D) = result;
        return result;
    }
}

/// <summary>A pure op of one operand.</summary>
internal readonly unsafe struct Unary<TValue, TA> : IMicroOp
    where TValue : struct, IUnaryValue
    where TA : struct, ISource
{
    public static OpKey Key => OpKey.Of(TValue.Op, 0, TA.Kind, SourceKind.Register);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Do(VCpuState* state, Op* op, ulong previous, byte* memory, ulong address)
    {
        var result = TValue.Apply(TA.First(state, op, previous));
        *(ulong*)((byte*)state + op->D) = result;
        return result;
    }
}
