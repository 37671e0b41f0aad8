using Emu.Ir;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Where a hook stands, and the memory access or edge that it is told of, if there is one: of an edge the address is the target, the value the stack pointer.</summary>
internal readonly record struct LoweredAccess
{
    /// <summary>Guest address of the instruction.</summary>
    public ulong Pc { get; init; }

    /// <summary>The address of the access, without <see cref="Displacement"/>.</summary>
    public IrValue Address { get; init; }

    /// <summary>What is added to it.</summary>
    public long Displacement { get; init; }

    /// <summary>What was loaded or stored; only the low <see cref="Size"/> bytes count.</summary>
    public IrValue Value { get; init; }

    /// <summary>Bytes accessed.</summary>
    public int Size { get; init; }

    /// <summary><see cref="IrFlags.IsStore"/>, <see cref="IrFlags.Signed"/>.</summary>
    public IrFlags Flags { get; init; }

    /// <summary>What a trace's record has as its kind: one of <c>AccessKind</c> or <c>EdgeKind</c>.</summary>
    public byte Kind { get; init; }
}
