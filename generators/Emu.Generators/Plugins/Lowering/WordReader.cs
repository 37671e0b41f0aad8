using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins.Lowering;

/// <summary>Reads which place of a scoreboard an expression means.</summary>
internal sealed class WordReader(BodyScope scope, Func<ExpressionSyntax, Lowered> number)
{
    private const string Board = PluginNames.Space + ".Scoreboard<T>";
    private const string InlineArray = "System.Runtime.CompilerServices.InlineArrayAttribute";

    /// <summary>The place; null if the expression means none. It may be a struct as a whole.</summary>
    public Word? Read(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Read(inner),
        ElementAccessExpressionSyntax element when EntryOf(element) is { } entry => entry,
        ElementAccessExpressionSyntax element when Read(element.Expression) is { Index: null } array => ElementOf(array, element),
        MemberAccessExpressionSyntax access when scope.SymbolOf(access) is IFieldSymbol { IsStatic: false } field && Read(access.Expression) is { Index: null } whole =>
            whole with { Path = $"{whole.Path}.{field.Name}", Type = field.Type },
        IdentifierNameSyntax name when scope.SymbolOf(name) is ILocalSymbol local => scope.ReferenceOf(local),
        _ => null,
    };

    /// <summary>A place that holds one 64-bit number; null, with the reason noted, if it is another.</summary>
    public Word? ReadNumber(ExpressionSyntax expression)
    {
        if (Read(expression) is not { } word)
            return null;
        if (NumberType.Of(word.Type) is { Bits: 64 })
            return word;
        scope.Refuse(expression, $"'{expression}' is no 64-bit number");
        return null;
    }

    private Word? EntryOf(ElementAccessExpressionSyntax element)
    {
        var arguments = element.ArgumentList.Arguments;
        if (arguments.Count != 1 || !scope.IsVCpu(arguments[0].Expression) || scope.TypeOf(element.Expression) is not INamedTypeSymbol board ||
            PluginNames.FullName(board.OriginalDefinition) != Board || scope.MemberOf(element.Expression) is not { } name)
            return null;
        return new Word(name, board.TypeArguments[0], "", board.TypeArguments[0]);
    }

    private Word? ElementOf(Word array, ElementAccessExpressionSyntax element)
    {
        var attribute = array.Type.GetAttributes().FirstOrDefault(data => data.AttributeClass is { } type && PluginNames.FullName(type) == InlineArray);
        if (attribute is null || element.ArgumentList.Arguments.Count != 1 || attribute.ConstructorArguments[0].Value is not int length)
            return null;
        var index = number(element.ArgumentList.Arguments[0].Expression);
        if (!(index.Max < (ulong)length))
        {
            scope.Refuse(element, $"the index may lie outside of the {length} elements: bound it, as by '& {length - 1}' or Math.Min");
            return null;
        }

        var type = array.Type.GetMembers().OfType<IFieldSymbol>().First(field => !field.IsStatic).Type;
        return array with { Type = type, Index = index.Code };
    }
}
