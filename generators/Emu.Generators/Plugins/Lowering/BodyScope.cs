using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins.Lowering;

/// <summary>What is known while a callback's body is lowered: its symbols, the code that was written, and why it cannot be lowered, once that is clear.</summary>
internal sealed class BodyScope(IMethodSymbol method, Compilation compilation, SemanticModel model)
{
    private readonly Dictionary<ISymbol, string> _locals = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Word> _references = new(SymbolEqualityComparer.Default);
    private int _names;

    public SemanticModel Model => model;

    public Compilation Compilation => compilation;

    /// <summary>The statements of the generated method.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Why the body must be called; null as long as it need not.</summary>
    public string? Reason { get; private set; }

    /// <summary>The first reason stays.</summary>
    public Lowered Refuse(SyntaxNode node, string why)
    {
        Reason ??= $"line {node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {why}";
        return default;
    }

    public ISymbol? SymbolOf(SyntaxNode node) => model.GetSymbolInfo(node).Symbol;

    public ITypeSymbol? TypeOf(ExpressionSyntax expression) => model.GetTypeInfo(expression).Type;

    public bool IsVCpu(SyntaxNode node) => IsParameter(node, "VCpu");

    public bool IsAccess(SyntaxNode node) => IsParameter(node, "MemoryAccess");

    public bool IsEdge(SyntaxNode node) => IsParameter(node, "Edge");

    public bool IsRegisters(SyntaxNode node) => IsParameter(node, "Registers");

    public bool IsUserData(SyntaxNode node) => SymbolOf(node) is IParameterSymbol { Type.SpecialType: SpecialType.System_IntPtr };

    /// <summary>A new local of the generated code, with its value.</summary>
    public string Declare(string name, string value)
    {
        var unique = $"{name}{++_names}";
        Lines.Add($"var {unique} = {value};");
        return unique;
    }

    public void Add(ISymbol local, string name) => _locals[local] = name;

    public void Add(ISymbol reference, Word word) => _references[reference] = word;

    public string? LocalOf(ISymbol symbol) => _locals.TryGetValue(symbol, out var name) ? name : null;

    public Word? ReferenceOf(ISymbol symbol) => _references.TryGetValue(symbol, out var word) ? word : null;

    /// <summary>A field or property of the plugin that keeps its value, as generated code names it; null if it is none.</summary>
    public string? MemberOf(ExpressionSyntax expression)
    {
        if (expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }))
            return null;
        if (SymbolOf(expression) is not { IsStatic: false } member || !SymbolEqualityComparer.Default.Equals(member.ContainingType, method.ContainingType))
            return null;
        if (SetOnce.Is(member, compilation))
            return $"plugin.{member.Name}";
        if (member is IFieldSymbol or IPropertySymbol)
            Refuse(expression, $"'{member.Name}' may change: code is translated with what readonly fields, init properties and private fields that only Install assigns hold");
        return null;
    }

    private bool IsParameter(SyntaxNode node, string type) => SymbolOf(node) is IParameterSymbol parameter && PluginNames.FullName(parameter.Type) == $"{PluginNames.Space}.{type}";
}
