using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins;

/// <summary>
/// Looks at calls of <c>OnExecute</c> and its like that cannot compile, as no struct was or will be written for their callback. The compiler would only
/// say that it knows no such type, or that it cannot infer one.
/// </summary>
internal static class CallbackUse
{
    /// <summary>Whether a node may be such a call.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } && ContractOf(name) is not null;

    /// <summary>What is wrong with a call; null if nothing is that can be seen here.</summary>
    public static PluginProblem? Check(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        var call = (MemberAccessExpressionSyntax)((InvocationExpressionSyntax)context.Node).Expression;
        if (context.SemanticModel.GetTypeInfo(call.Expression, cancellation).Type is not { } receiver ||
            PluginNames.FullName(receiver) is not (PluginNames.Block or PluginNames.Instruction))
            return null;
        var (where, registration) = (call.Name.GetLocation(), call.Name.Identifier.ValueText);
        if (call.Name is not GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments })
            return PluginProblem.At(PluginRules.NoTypeArgument, where, registration, Declaration(registration, "Name"));
        if (context.SemanticModel.GetTypeInfo(arguments[0], cancellation).Type is { TypeKind: not TypeKind.Error })
            return null;
        return PluginOf(arguments[0], context.SemanticModel, cancellation) is { } plugin ? Check(arguments[0], registration, plugin, where) : null;
    }

    private static PluginProblem? Check(TypeSyntax argument, string registration, INamedTypeSymbol plugin, Location where)
    {
        var name = argument is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : argument.ToString();
        var methods = plugin.GetMembers(name).OfType<IMethodSymbol>().ToList();
        var kinds = methods.SelectMany(method => method.GetAttributes()).Select(attribute => CallbackReader.ContractOf(attribute.AttributeClass)).Where(contract => contract is not null).ToList();
        var problem =
            methods.Count == 0 ? $"'{plugin.Name}' has no such method: add {Declaration(registration, name)}" :
            kinds.Count == 0 ? $"the method lacks its attribute: {Declaration(registration, name)}" :
            argument is not QualifiedNameSyntax ? $"write {registration}<{CallbackReader.Holder}.{name}>" :
            !kinds.Contains(ContractOf(registration)) ? $"{registration} takes another kind: {Declaration(registration, name)}" :
            null;
        return problem is null ? null : PluginProblem.At(PluginRules.Callback, where, name, problem);
    }

    /// <summary>The plugin that the callback should belong to: named before <c>Callbacks</c>, or around the call.</summary>
    private static INamedTypeSymbol? PluginOf(TypeSyntax argument, SemanticModel model, CancellationToken cancellation)
    {
        var named = argument is QualifiedNameSyntax { Left: QualifiedNameSyntax { Left: var outer, Right.Identifier.ValueText: CallbackReader.Holder } }
            ? model.GetTypeInfo(outer, cancellation).Type as INamedTypeSymbol
            : null;
        for (var type = named ?? model.GetEnclosingSymbol(argument.SpanStart, cancellation)?.ContainingType; type is not null; type = type.ContainingType)
            if (PluginNames.IsPlugin(type))
                return type;
        return null;
    }

    private static CallbackContract? ContractOf(string registration) => CallbackContract.Find(contract => contract.Registrations.Contains(registration));

    private static string Declaration(string registration, string name) =>
        ContractOf(registration) is { } contract ? $"[{contract.Attribute}] private void {name}({contract.Parameters})" : name;
}
