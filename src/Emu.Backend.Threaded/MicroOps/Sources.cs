using System.Runtime.CompilerServices;
using Emu.Engine.Execution;

namespace Emu.Backend.Threaded.MicroOps;

/// <summary>Where an operand comes from; two bits of a handler's key.</summary>
internal enum SourceKind
{
    /// <summary>The state block, at the op's operand offset.</summary>
    Register,
    /// <summary>The op's immediate.</summary>
    Immediate,
    /// <summary>Zero.</summary>
    Zero,
    /// <summary>What the first op of a fused pair computed: still in a host register.</summary>
    Previous,
}

/// <summary>Where an operand comes from, as a type: a handler is compiled for each combination.</summary>
internal unsafe interface ISource
{
    static abstract SourceKind Kind { get; }

    /// <summary>The value as first operand.</summary>
    static abstract ulong First(VCpuState* state, Op* op, ulong previous);

    /// <summary>The value as second operand.</summary>
    static abstract ulong Second(VCpuState* state, Op* op, ulong previous);
}

/// <inheritdoc cref="SourceKind.Register"/>
internal readonly unsafe struct Register : ISource
{
    public static SourceKind Kind => SourceKind.Register;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(VCpuState* state, Op* op, ulong previous) => *(ulong*)((byte*)state + op->A);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(VCpuState* state, Op* op, ulong previous) => *(ulong*)((byte*)state + op->B);
}

/// <inheritdoc cref="SourceKind.Immediate"/>
internal readonly unsafe struct Immediate : ISource
{
    public static SourceKind Kind => SourceKind.Immediate;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(VCpuState* state, Op* op, ulong previous) => op->Imm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(VCpuState* state, Op* op, ulong previous) => op->Imm;
}

/// <inheritdoc cref="SourceKind.Zero"/>
internal readonly unsafe struct Zero : ISource
{
    public static SourceKind Kind => SourceKind.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(VCpuState* state, Op* op, ulong previous) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(VCpuState* state, Op* op, ulong previous) => 0;
}

/// <inheritdoc cref="SourceKind.Previous"/>
internal readonly unsafe struct Previous : ISource
{
    public static SourceKind Kind => SourceKind.Previous;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong First(VCpuState* state, Op* op, ulong previous) => previous;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Second(VCpuState* state, Op* op, ulong previous) => previous;
}
