using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins;

/// <summary>
/// Decides whether a callback's body may be compiled into a handler of the threaded backend. Handlers end in a tail call, which the compiler makes only if no local's address
/// leaves the handler, also by what is inlined. Which locals end in registers is the compiler's decision, not seen here, so only bodies are let in that count, compare, and touch
/// fields and scoreboards; everything else is called.
/// </summary>
internal static class InlineableBody
{
    private static readonly HashSet<SyntaxKind> Harmless =
    [
        SyntaxKind.Block, SyntaxKind.ArrowExpressionClause, SyntaxKind.ExpressionStatement, SyntaxKind.LocalDeclarationStatement, SyntaxKind.VariableDeclaration,
        SyntaxKind.VariableDeclarator, SyntaxKind.EqualsValueClause, SyntaxKind.IfStatement, SyntaxKind.ElseClause, SyntaxKind.ReturnStatement,
        SyntaxKind.IdentifierName, SyntaxKind.PredefinedType, SyntaxKind.RefType, SyntaxKind.NumericLiteralExpression, SyntaxKind.TrueLiteralExpression,
        SyntaxKind.FalseLiteralExpression, SyntaxKind.NullLiteralExpression, SyntaxKind.ThisExpression, SyntaxKind.ParenthesizedExpression, SyntaxKind.CastExpression,
        SyntaxKind.SimpleMemberAccessExpression, SyntaxKind.ElementAccessExpression, SyntaxKind.BracketedArgumentList, SyntaxKind.ArgumentList, SyntaxKind.ConditionalExpression,
    ];

    public static bool Check(IMethodSymbol method, Compilation compilation)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax declaration)
            return false;
        SyntaxNode? body = declaration.Body;
        body ??= declaration.ExpressionBody;
        if (body is null)
            return false;
        var model = compilation.GetSemanticModel(declaration.SyntaxTree);
        return body.DescendantNodesAndSelf().All(node => IsHarmless(node, model));
    }

    private static bool IsHarmless(SyntaxNode node, SemanticModel model) => node switch
    {
        AssignmentExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.AddressOfExpression } or PostfixUnaryExpressionSyntax => true,
        // A reference to an element of a scoreboard or array; one to a local would need memory for it.
        RefExpressionSyntax reference => reference.Expression is ElementAccessExpressionSyntax,
        // So would an element of a struct that is a local itself.
        ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax name } when model.GetSymbolInfo(name).Symbol is ILocalSymbol { IsRef: false, Type.IsValueType: true } => false,
        ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None),
        InvocationExpressionSyntax call => model.GetSymbolInfo(call).Symbol is IMethodSymbol called && IsFrameless(called) && IsContract(called),
        _ => Harmless.Contains(node.Kind()) && HasNoCode(model.GetSymbolInfo(node).Symbol),
    };

    private static bool IsFrameless(IMethodSymbol method) => (method.ContainingType.Name, method.Name, method.IsGenericMethod) is ("CounterList", "Increment", _) or ("Registers", "Read", true);

    /// <summary>False for a property of the plugin's own that computes something: its body would be looked at in vain here.</summary>
    private static bool HasNoCode(ISymbol? symbol) => symbol is not IPropertySymbol property || IsContract(property) || property.DeclaringSyntaxReferences.All(IsAuto);

    private static bool IsAuto(SyntaxReference reference) =>
        reference.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors } && accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null);

    private static bool IsContract(ISymbol symbol) => symbol.ContainingNamespace.ToDisplayString() == PluginNames.Space;
}
