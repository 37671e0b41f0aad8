using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins.Lowering;

/// <summary>Finds whether a field or property of a plugin keeps its value once the plugin is installed, so that translated code may hold it.</summary>
internal static class SetOnce
{
    public static bool Is(ISymbol member, Compilation compilation) => member switch
    {
        IFieldSymbol { IsReadOnly: true } => true,
        IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsVolatile: false } field => IsSetOnlyAtInstall(field, compilation),
        IPropertySymbol { SetMethod: null or { IsInitOnly: true } } property => property.DeclaringSyntaxReferences.All(IsAuto),
        _ => false,
    };

    private static bool IsAuto(SyntaxReference reference) =>
        reference.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors } && accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null);

    private static bool IsSetOnlyAtInstall(IFieldSymbol field, Compilation compilation)
    {
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()))
        {
            var model = compilation.GetSemanticModel(part.SyntaxTree);
            foreach (var name in part.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == field.Name))
                if (IsWritten(name) && !IsAtInstall(name) && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, field))
                    return false;
        }

        return true;
    }

    /// <summary>True if the name may be written where it stands: left of an assignment, perhaps in a tuple, by <c>ref</c> or <c>out</c>, or by <c>++</c>.</summary>
    private static bool IsWritten(IdentifierNameSyntax name)
    {
        ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return whole.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == whole,
            ArgumentSyntax { Parent: TupleExpressionSyntax } => true,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) && !argument.RefKindKeyword.IsKind(SyntaxKind.InKeyword),
            RefExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => !whole.Parent.IsKind(SyntaxKind.LogicalNotExpression) && !whole.Parent.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            _ => false,
        };
    }

    private static bool IsAtInstall(SyntaxNode node) => node.FirstAncestorOrSelf<SyntaxNode>(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax) switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText == "Install",
        ConstructorDeclarationSyntax => true,
        _ => false,
    };
}
