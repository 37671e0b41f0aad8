using Emu.Ir;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Where a body stands, and the memory access that it is told of, if there is one.</summary>
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
}
