namespace Emu.Ir;

/// <summary>Properties of an op, from its row in <c>Ir.ops</c>.</summary>
[Flags]
public enum IrProperties : ushort
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>No effect but the result.</summary>
    Pure = 1,
    /// <summary>The first two operands may be exchanged.</summary>
    Commutative = 2,
    /// <summary>Reads guest memory.</summary>
    Reads = 4,
    /// <summary>Writes guest memory.</summary>
    Writes = 8,
    /// <summary>May end the block with a guest fault.</summary>
    Faults = 16,
    /// <summary>Other effects: a barrier that is never deleted.</summary>
    Effects = 32,
    /// <summary>Accumulates floating-point exception flags.</summary>
    Flags = 64,
    /// <summary>Ends the block.</summary>
    Terminal = 128,
    /// <summary>No code of its own.</summary>
    Marker = 256,
    /// <summary>Runs code outside the block, which may read and write any global.</summary>
    Calls = 512,
}

/// <summary>Which fields of an <see cref="IrInsn"/> an op uses.</summary>
[Flags]
public enum IrOperands : byte
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary><see cref="IrInsn.Dst"/></summary>
    Dst = 1,
    /// <summary><see cref="IrInsn.A"/></summary>
    A = 2,
    /// <summary><see cref="IrInsn.B"/></summary>
    B = 4,
    /// <summary><see cref="IrInsn.C"/></summary>
    C = 8,
    /// <summary><see cref="IrInsn.Imm"/></summary>
    Imm = 16,
    /// <summary><see cref="IrInsn.Size"/></summary>
    Size = 32,
}

public static partial class IrOps
{
    /// <summary>The properties of an op.</summary>
    public static IrProperties PropertiesOf(IrOp op) => (IrProperties)PropertyTable[(int)op];

    /// <summary>The fields that an op uses.</summary>
    public static IrOperands OperandsOf(IrOp op) => (IrOperands)OperandTable[(int)op];

    /// <summary>True if the op has all the given properties.</summary>
    public static bool Has(this IrOp op, IrProperties properties) => (PropertiesOf(op) & properties) == properties;

    /// <summary>True if the op has any of the given properties.</summary>
    public static bool HasAny(this IrOp op, IrProperties properties) => (PropertiesOf(op) & properties) != 0;

    /// <summary>True if the op ends a block.</summary>
    public static bool IsTerminal(this IrOp op) => op.Has(IrProperties.Terminal);
}
