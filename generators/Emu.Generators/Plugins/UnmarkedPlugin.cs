using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins;

/// <summary>Looks for classes that are plugins but for the attribute by which emulators find them.</summary>
internal static class UnmarkedPlugin
{
    /// <summary>Whether a node may be such a class.</summary>
    public static bool IsCandidate(SyntaxNode node) => node is ClassDeclarationSyntax { BaseList: not null } type && !type.Modifiers.Any(SyntaxKind.AbstractKeyword);

    /// <summary>The complaint about a class; null if it is no plugin, or is marked.</summary>
    public static PluginProblem? Check(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        // Parts that only add interfaces say nothing of the base: the part that names it is complained of.
        if (context.SemanticModel.GetDeclaredSymbol((ClassDeclarationSyntax)context.Node, cancellation) is not INamedTypeSymbol { IsAbstract: false } type ||
            !PluginNames.DerivesFromPlugin(type) || PluginNames.IsPlugin(type) || !NamesBase(context, type, cancellation))
            return null;
        return PluginProblem.At(PluginRules.Unmarked, ((ClassDeclarationSyntax)context.Node).Identifier.GetLocation(), type.Name);
    }

    private static bool NamesBase(GeneratorSyntaxContext context, INamedTypeSymbol type, CancellationToken cancellation) =>
        ((ClassDeclarationSyntax)context.Node).BaseList!.Types.Any(named =>
            SymbolEqualityComparer.Default.Equals(context.SemanticModel.GetTypeInfo(named.Type, cancellation).Type, type.BaseType));
}
