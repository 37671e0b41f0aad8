using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins;

/// <summary>Reads a class with <c>[EmuPlugin]</c>.</summary>
internal static class PluginReader
{
    public static PluginModel Read(GeneratorAttributeSyntaxContext context)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var problems = new List<PluginProblem>();
        var arguments = context.Attributes[0].ConstructorArguments;
        var (name, summary) = (Text(arguments, 0), Text(arguments, 1));
        var where = type.Locations.FirstOrDefault();
        CheckClass(type, (ClassDeclarationSyntax)context.TargetNode, where, problems);
        if (!PluginNames.IsValid(name, "-") || name is "help" or "emu")
            problems.Add(PluginProblem.At(PluginRules.Name, where, name, "a plugin: lower-case letters, digits and '-', a letter first, neither 'help' nor 'emu', which stands for the emulator in reports"));
        var events = PluginNames.EventsOf(type).ToArray();
        var services = ServiceReader.Read(type);
        problems.AddRange(ServiceReader.Check(type, where));
        if (events.Length == 0)
            problems.Add(PluginProblem.At(PluginRules.NoEvents, where, name));
        var options = OptionReader.Read(type, problems);
        var callbacks = CallbackReader.Read(type, context.SemanticModel.Compilation, problems);
        if (callbacks.Length > 0 && context.SemanticModel.Compilation.Options is CSharpCompilationOptions { AllowUnsafe: false })
            problems.Add(PluginProblem.At(PluginRules.Unsafe, where, name));
        return new(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            name,
            summary,
            ApiConstant(context.SemanticModel.Compilation, "Version"),
            new([.. events]),
            services,
            options,
            callbacks,
            new([.. problems]));
    }

    /// <summary>A constant of <c>PluginApi</c> as the compilation sees it; 0 without the contract.</summary>
    public static int ApiConstant(Compilation compilation, string name) =>
        compilation.GetTypeByMetadataName(PluginNames.Api)?.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as int? ?? 0;

    /// <summary>An attribute's argument as a text; empty if there is none.</summary>
    public static string Text(IReadOnlyList<TypedConstant> arguments, int index) =>
        index < arguments.Count ? arguments[index].Value as string ?? "" : "";

    private static void CheckClass(INamedTypeSymbol type, ClassDeclarationSyntax declaration, Location? where, List<PluginProblem> problems)
    {
        var missing = new List<string>();
        if (type.DeclaredAccessibility != Accessibility.Public)
            missing.Add("public");
        if (!type.IsSealed)
            missing.Add("sealed");
        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            missing.Add("partial");
        if (type.ContainingType is not null)
            missing.Add("outside of other types");
        if (type.IsGenericType)
            missing.Add("without type parameters");
        if (missing.Count > 0)
            problems.Add(PluginProblem.At(PluginRules.Shape, where, type.Name, string.Join(" and ", missing)));
        if (!PluginNames.DerivesFromPlugin(type))
            problems.Add(PluginProblem.At(PluginRules.Base, where, type.Name));
        if (!type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 0))
            problems.Add(PluginProblem.At(PluginRules.Constructor, where, type.Name));
    }
}
