using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins.Lowering;

/// <summary>Lowers expressions. They have neither effects nor failures: what could fail, or is not known to be harmless, is refused.</summary>
internal sealed class ExpressionWriter
{
    private readonly BodyScope _scope;
    private readonly CallWriter _calls;

    public ExpressionWriter(BodyScope scope)
    {
        _scope = scope;
        _calls = new CallWriter(scope, Value);
        Words = new WordReader(scope, Value);
    }

    public WordReader Words { get; }

    /// <summary>The expression's value, converted to the type that is wanted of it.</summary>
    public Lowered Value(ExpressionSyntax expression)
    {
        var types = _scope.Model.GetTypeInfo(expression);
        if (NumberType.Of(types.Type) is not { } type || NumberType.Of(types.ConvertedType) is not { } wanted)
            return _scope.Refuse(expression, $"'{expression}' is no integer");
        return wanted.Convert(Raw(expression, type), type);
    }

    /// <summary>The result of an operator, whose operands have been converted to its type.</summary>
    public Lowered Binary(SyntaxNode node, SyntaxKind kind, Lowered a, Lowered b, NumberType type, ulong? divisor)
    {
        if (kind is SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression)
        {
            if (divisor is not { } by || by == 0 || (type.IsSigned && by == ulong.MaxValue))
                return _scope.Refuse(node, "a division may fail unless it is by a constant other than 0 and -1");
            var isDivision = kind == SyntaxKind.DivideExpression;
            var most = a.Max is { } dividend && (long)by > 0 ? isDivision ? dividend / by : Math.Min(dividend, by - 1) : (ulong?)null;
            return Op((isDivision ? "Div" : "Rem") + Sign(type), a, b, most);
        }

        if (kind is SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression or SyntaxKind.UnsignedRightShiftExpression)
            return Shifted(node, kind, a, b, type, divisor);
        return kind switch
        {
            SyntaxKind.AddExpression => type.Narrow(Op("Add", a, b, a.Max <= type.Largest - b.Max ? a.Max + b.Max : null)),
            SyntaxKind.SubtractExpression => type.Narrow(Op("Sub", a, b, null)),
            SyntaxKind.MultiplyExpression => type.Narrow(Op("Mul", a, b, a.Max == 0 || b.Max == 0 ? 0 : b.Max <= type.Largest / a.Max ? a.Max * b.Max : null)),
            SyntaxKind.BitwiseAndExpression or SyntaxKind.LogicalAndExpression => Op("And", a, b, Least(a.Max, b.Max)),
            SyntaxKind.BitwiseOrExpression or SyntaxKind.LogicalOrExpression => Op("Or", a, b, Filled(a.Max | b.Max)),
            SyntaxKind.ExclusiveOrExpression => Op("Xor", a, b, Filled(a.Max | b.Max)),
            SyntaxKind.EqualsExpression => Op("SetEqual", a, b, 1),
            SyntaxKind.NotEqualsExpression => Op("SetNotEqual", a, b, 1),
            SyntaxKind.LessThanExpression => Op("SetLess" + Sign(type), a, b, 1),
            SyntaxKind.GreaterThanExpression => Op("SetLess" + Sign(type), b, a, 1),
            SyntaxKind.LessThanOrEqualExpression => Not(Op("SetLess" + Sign(type), b, a, 1)),
            SyntaxKind.GreaterThanOrEqualExpression => Not(Op("SetLess" + Sign(type), a, b, 1)),
            _ => _scope.Refuse(node, $"'{node}' is an operator that is not lowered"),
        };
    }

    /// <summary>The number of a constant, sign-extended; null if the expression is none.</summary>
    public ulong? ConstantOf(ExpressionSyntax expression) => _scope.Model.GetConstantValue(expression) is { HasValue: true, Value: { } value } ? BitsOf(value) : null;

    public static string Sign(NumberType type) => type.IsSigned ? "Signed" : "Unsigned";

    private Lowered Raw(ExpressionSyntax expression, NumberType type)
    {
        if (ConstantOf(expression) is { } constant)
            return new(Names.Constant($"0x{constant:x}UL"), type.IsSigned && (long)constant < 0 ? null : constant);
        return expression switch
        {
            ParenthesizedExpressionSyntax { Expression: var inner } => Raw(inner, type),
            CheckedExpressionSyntax { RawKind: (int)SyntaxKind.UncheckedExpression, Expression: var inner } => Raw(inner, type),
            CastExpressionSyntax cast => Cast(cast, type),
            BinaryExpressionSyntax binary => Binary(binary, type),
            PrefixUnaryExpressionSyntax prefix => Prefix(prefix, type),
            ConditionalExpressionSyntax choice => Choice(choice),
            InvocationExpressionSyntax call => _calls.Write(call, type),
            _ when _scope.IsUserData(expression) => new(Names.Constant("(long)userData"), null),
            IdentifierNameSyntax name when _scope.SymbolOf(name) is ILocalSymbol local && _scope.LocalOf(local) is { } code => new(code, type.Max),
            MemberAccessExpressionSyntax edge when _scope.IsEdge(edge.Expression) => OfEdge(edge),
            MemberAccessExpressionSyntax access when _scope.IsAccess(access.Expression) || _scope.IsVCpu(access.Expression) => Handle(access),
            _ when Words.ReadNumber(expression) is { } word => new($"body.Read({word.Arguments})", type.Max),
            _ when _scope.MemberOf(expression) is { } member => new(Names.Constant(type.Bits == 1 ? member : $"({(type.IsSigned ? "long" : "ulong")}){member}"), type.Max),
            _ => _scope.Refuse(expression, $"'{expression}' is not lowered"),
        };
    }

    private Lowered Cast(CastExpressionSyntax cast, NumberType type)
    {
        var inner = Value(cast.Expression);
        return NumberType.Of(_scope.Model.GetTypeInfo(cast.Expression).ConvertedType) is { } from ? type.Convert(inner, from) : inner;
    }

    private Lowered Binary(BinaryExpressionSyntax binary, NumberType type)
    {
        // Operands of comparisons have been converted to a common type, which is not that of the result.
        if (NumberType.Of(_scope.Model.GetTypeInfo(binary.Left).ConvertedType) is not { } operands)
            return _scope.Refuse(binary, $"'{binary.Left}' is no integer");
        return Binary(binary, binary.Kind(), Value(binary.Left), Value(binary.Right), operands.Bits == 1 ? type : operands, ConstantOf(binary.Right));
    }

    private Lowered Prefix(PrefixUnaryExpressionSyntax prefix, NumberType type) => prefix.Kind() switch
    {
        SyntaxKind.UnaryPlusExpression => Value(prefix.Operand),
        SyntaxKind.UnaryMinusExpression => type.Narrow(Op("Sub", new(Names.Constant("0UL"), 0), Value(prefix.Operand), null)),
        SyntaxKind.BitwiseNotExpression => type.Narrow(Op("Xor", Value(prefix.Operand), new(Names.Constant("ulong.MaxValue"), null), null)),
        SyntaxKind.LogicalNotExpression => Not(Value(prefix.Operand)),
        _ => _scope.Refuse(prefix, $"'{prefix}' is not lowered within an expression"),
    };

    private Lowered Choice(ConditionalExpressionSyntax choice)
    {
        var (a, b) = (Value(choice.WhenTrue), Value(choice.WhenFalse));
        return new($"body.Select({Value(choice.Condition).Code}, {a.Code}, {b.Code})", a.Max is { } left && b.Max is { } right ? Math.Max(left, right) : null);
    }

    private Lowered Handle(MemberAccessExpressionSyntax access) => (_scope.IsAccess(access.Expression), access.Name.Identifier.ValueText) switch
    {
        (true, "Address") => new("body.Address", ulong.MaxValue),
        (true, "Value") => new("body.Value", ulong.MaxValue),
        (true, "Size") => new("body.Size", 8),
        (true, "IsStore") => new("body.IsStore", 1),
        (true, "IsSignExtended") => new("body.IsSignExtended", 1),
        (true, "IsBigEndian") => new(Names.Constant("false"), 0),
        (false, "ProgramCounter") => new("body.ProgramCounter", ulong.MaxValue),
        _ => _scope.Refuse(access, $"'{access}' is not lowered"),
    };

    /// <summary>The contract tells an edge as an access.</summary>
    private Lowered OfEdge(MemberAccessExpressionSyntax edge) => edge.Name.Identifier.ValueText switch
    {
        "Target" => new("body.Address", ulong.MaxValue),
        "StackPointer" => new("body.Value", ulong.MaxValue),
        "IsTaken" => new("body.IsStore", 1),
        _ => _scope.Refuse(edge, $"'{edge}' is not lowered"),
    };

    private Lowered Shifted(SyntaxNode node, SyntaxKind kind, Lowered a, Lowered b, NumberType type, ulong? amount)
    {
        var mask = (ulong)type.Bits - 1;
        if (type.Bits < 32)
            return _scope.Refuse(node, "only int, uint, long and ulong are shifted");
        // 64-bit shifts count modulo 64 themselves.
        var by = type.Bits == 64 ? b : Op("And", b, new(Names.Constant($"{mask}UL"), mask), mask);
        var most = a.Max >> (int)((amount ?? 0) & mask);
        return kind == SyntaxKind.LeftShiftExpression ? type.Narrow(Op("Shl", a, by, null)) :
            kind == SyntaxKind.RightShiftExpression && type.IsSigned ? Op("Sar", a, by, most) :
            type is { IsSigned: true, Bits: 32 } ? _scope.Refuse(node, "'>>>' of an int is not lowered") :
            Op("Shr", a, by, type.IsSigned ? null : most);
    }

    private static Lowered Op(string name, Lowered a, Lowered b, ulong? most) => new($"body.Apply({Names.Op(name)}, {a.Code}, {b.Code})", most);

    private static Lowered Not(Lowered condition) => Op("Xor", condition, new(Names.Constant("1UL"), 1), 1);

    private static ulong? Least(ulong? a, ulong? b) => a is { } left && b is { } right ? Math.Min(left, right) : a ?? b;

    /// <summary>All bits up to the highest one.</summary>
    private static ulong? Filled(ulong? bits)
    {
        for (var shift = 1; shift < 64; shift *= 2)
            bits |= bits >> shift;
        return bits;
    }

    private static ulong? BitsOf(object value) => unchecked(value switch
    {
        bool truth => truth ? 1UL : 0UL,
        byte number => number,
        sbyte number => (ulong)number,
        short number => (ulong)number,
        ushort number => number,
        char number => number,
        int number => (ulong)number,
        uint number => number,
        long number => (ulong)number,
        ulong number => number,
        _ => null,
    });
}
