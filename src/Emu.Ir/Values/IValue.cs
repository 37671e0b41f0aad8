namespace Emu.Ir.Values;

/// <summary>A pure op of one operand as a type.</summary>
public interface IUnaryValue
{
    /// <summary>The op.</summary>
    static abstract IrOp Op { get; }

    /// <summary>Its value, from the row in <c>Ir.ops</c>.</summary>
    static abstract ulong Apply(ulong a);
}

/// <summary>A pure op of two operands as a type.</summary>
public interface IBinaryValue
{
    /// <summary>The op.</summary>
    static abstract IrOp Op { get; }

    /// <summary>Its value, from the row in <c>Ir.ops</c>.</summary>
    static abstract ulong Apply(ulong a, ulong b);
}

/// <summary>A pure op of three operands as a type.</summary>
public interface ITernaryValue
{
    /// <summary>The op.</summary>
    static abstract IrOp Op { get; }

    /// <summary>Its value, from the row in <c>Ir.ops</c>.</summary>
    static abstract ulong Apply(ulong a, ulong b, ulong c);
}

/// <summary>Sees the type of each unary op; a struct, so that each visit is compiled for it.</summary>
public interface IUnaryVisitor
{
    /// <summary>Called once per op.</summary>
    void Visit<TValue>() where TValue : struct, IUnaryValue;
}

/// <summary>Sees the type of each binary op; a struct, so that each visit is compiled for it.</summary>
public interface IBinaryVisitor
{
    /// <summary>Called once per op.</summary>
    void Visit<TValue>() where TValue : struct, IBinaryValue;
}
