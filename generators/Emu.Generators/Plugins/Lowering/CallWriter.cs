using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins.Lowering;

/// <summary>Lowers calls of functions that are known: of <c>Math</c> and <c>BitOperations</c>, and reading a register.</summary>
internal sealed class CallWriter(BodyScope scope, Func<ExpressionSyntax, Lowered> number)
{
    public Lowered Write(InvocationExpressionSyntax call, NumberType type)
    {
        if (call.Expression is MemberAccessExpressionSyntax { Expression: var receiver } && scope.IsRegisters(receiver))
            return Register(call, type);
        if (scope.SymbolOf(call) is not IMethodSymbol { IsStatic: true } method || call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null))
            return Refuse(call);
        var arguments = call.ArgumentList.Arguments.Select(argument => number(argument.Expression)).ToArray();
        return (PluginNames.FullName(method.ContainingType), method.Name) switch
        {
            ("System.Math", "Min") => Op("Min" + ExpressionWriter.Sign(type), arguments, type.IsSigned && (arguments[0].Max is null || arguments[1].Max is null) ? null : Least(arguments)),
            ("System.Math", "Max") => Op("Max" + ExpressionWriter.Sign(type), arguments, arguments[0].Max is { } a && arguments[1].Max is { } b ? Math.Max(a, b) : type.Max),
            ("System.Numerics.BitOperations", var name) when NumberType.Of(method.Parameters[0].Type) is { Bits: 64, IsSigned: false } => Bits(call, name, arguments[0]),
            _ => Refuse(call),
        };
    }

    private Lowered Register(InvocationExpressionSyntax call, NumberType type) =>
        scope.SymbolOf(call) is IMethodSymbol { Name: "Read", IsGenericMethod: true } && type.Bits == 64 && scope.MemberOf(call.ArgumentList.Arguments[0].Expression) is { } handle
            ? new($"body.Read({handle})", type.Max)
            : Refuse(call);

    private Lowered Bits(InvocationExpressionSyntax call, string name, Lowered number) => name switch
    {
        "PopCount" => Op("PopCount", [number], 64),
        "TrailingZeroCount" => Op("CountTrailingZeros", [number], 64),
        "LeadingZeroCount" => Op("CountLeadingZeros", [number], 64),
        "Log2" => Op("Sub", [new(Names.Constant("63UL"), 63), Op("CountLeadingZeros", [Op("Or", [number, new(Names.Constant("1UL"), 1)], null)], 63)], Log2(number.Max ?? ulong.MaxValue)),
        _ => Refuse(call),
    };

    private static ulong Log2(ulong number)
    {
        var log = 0UL;
        while ((number >>= 1) != 0)
            log++;
        return log;
    }

    private Lowered Refuse(InvocationExpressionSyntax call) => scope.Refuse(call, $"'{call}' is a call");

    private static ulong? Least(Lowered[] arguments) => Math.Min(arguments[0].Max ?? ulong.MaxValue, arguments[1].Max ?? ulong.MaxValue);

    private static Lowered Op(string name, Lowered[] arguments, ulong? most) =>
        new($"body.Apply({Names.Op(name)}, {string.Join(", ", arguments.Select(argument => argument.Code))})", most);
}
