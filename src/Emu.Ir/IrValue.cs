namespace Emu.Ir;

/// <summary>What an <see cref="IrValue"/> refers to.</summary>
public enum IrValueKind
{
    /// <summary>No operand.</summary>
    None,
    /// <summary>A temporary of the block, assigned exactly once.</summary>
    Temp,
    /// <summary>A guest register: a byte offset in the vCPU state block. May be assigned any number of times.</summary>
    Global,
    /// <summary>A constant of <see cref="IrBlock.Constants"/>.</summary>
    Constant,
}

/// <summary>
/// An operand or result of an IR instruction: a 64-bit value. A handle, not the value: it is only meaningful together with
/// the <see cref="IrBlock"/> that made it.
/// </summary>
public readonly struct IrValue : IEquatable<IrValue>
{
    private readonly int _bits;

    private IrValue(IrValueKind kind, int index) => _bits = (index << 2) | (int)kind;

    /// <summary>The absent operand.</summary>
    public static IrValue None => default;

    /// <summary>The temporary with the given number.</summary>
    public static IrValue Temp(int number) => new(IrValueKind.Temp, number);

    /// <summary>The guest register at the given byte offset of the vCPU state block.</summary>
    public static IrValue Global(int offset) => new(IrValueKind.Global, offset);

    /// <summary>The constant at the given place of <see cref="IrBlock.Constants"/>. Use <see cref="IrBlock.AddConstant"/> to make one.</summary>
    public static IrValue Constant(int index) => new(IrValueKind.Constant, index);

    /// <summary>What the handle refers to.</summary>
    public IrValueKind Kind => (IrValueKind)(_bits & 3);

    /// <summary>The temporary's number, the register's byte offset or the constant's place.</summary>
    public int Index => _bits >> 2;

    /// <summary>True if there is no operand.</summary>
    public bool IsNone => _bits == 0;

    /// <summary>True for a temporary.</summary>
    public bool IsTemp => Kind == IrValueKind.Temp;

    /// <summary>True for a guest register.</summary>
    public bool IsGlobal => Kind == IrValueKind.Global;

    /// <summary>True for a constant.</summary>
    public bool IsConstant => Kind == IrValueKind.Constant;

    /// <inheritdoc/>
    public bool Equals(IrValue other) => _bits == other._bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IrValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bits;

    /// <summary>Same handle.</summary>
    public static bool operator ==(IrValue left, IrValue right) => left._bits == right._bits;

    /// <summary>Different handle.</summary>
    public static bool operator !=(IrValue left, IrValue right) => left._bits != right._bits;
}
