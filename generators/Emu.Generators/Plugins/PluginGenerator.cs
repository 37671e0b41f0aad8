using Emu.Generators.Plugins.Traces;
using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins;

/// <summary>
/// Finds the plugins of a compilation and writes the rest of their classes; and, in a project that sets the property <c>EmuPluginRegistry</c>, the registry of
/// all plugins in it and in what it references.
/// </summary>
[Generator]
public sealed class PluginGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads plugin classes.</summary>
    public const string PluginsStep = "Plugins";

    /// <summary>The step that reads the references.</summary>
    public const string ReferencesStep = "PluginReferences";

    private const string RegistryProperty = "build_property.EmuPluginRegistry";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var plugins = context.SyntaxProvider
            .ForAttributeWithMetadataName(PluginNames.PluginAttribute, static (node, _) => node is ClassDeclarationSyntax, static (attribute, _) => PluginReader.Read(attribute))
            .WithTrackingName(PluginsStep);
        context.RegisterSourceOutput(plugins, WritePlugin);
        context.RegisterSourceOutput(Namesakes(context), static (output, problems) => ReportAll(output, problems));
        context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(PluginNames.TraceRecordAttribute, static (node, _) => node is TypeDeclarationSyntax, static (found, _) => TraceRecordReader.Read(found)),
            WriteRecord);
        Report(context, context.SyntaxProvider.CreateSyntaxProvider(static (node, _) => UnmarkedPlugin.IsCandidate(node), UnmarkedPlugin.Check));
        Report(context, context.SyntaxProvider.CreateSyntaxProvider(static (node, _) => CallbackUse.IsCandidate(node), CallbackUse.Check));
        ReportStrays(context, PluginNames.OptionAttribute);
        foreach (var contract in CallbackContract.All)
            ReportStrays(context, $"{PluginNames.Space}.{contract.Attribute}Attribute");

        var wanted = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue(RegistryProperty, out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase));
        var references = context.CompilationProvider.Combine(wanted)
            .Select(static (source, _) => source.Right ? RegistryModel.Read(source.Left) : null)
            .WithTrackingName(ReferencesStep);
        var own = plugins.Collect().Select(static (models, _) => new EquatableArray<PluginModel>(models));
        var defaults = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => DefaultOptions.Read(options.GlobalOptions));
        context.RegisterSourceOutput(references.Combine(own).Combine(defaults), static (output, source) => WriteRegistry(output, source.Left.Left, source.Left.Right, source.Right));
    }

    private static void WritePlugin(SourceProductionContext output, PluginModel plugin)
    {
        ReportAll(output, plugin.Problems);
        if (IsSound(plugin))
            output.AddSource($"{plugin.QualifiedName.Replace("global::", "")}.Plugin.g.cs", PluginWriter.Write(plugin));
    }

    private static void WriteRecord(SourceProductionContext output, TraceRecordModel record)
    {
        ReportAll(output, record.Problems);
        if (record.Problems.Length == 0)
            output.AddSource($"{record.Space}.{string.Join(".", record.Types.Select(head => head.Substring(head.LastIndexOf(' ') + 1)))}.Trace.g.cs", TraceRecordWriter.Write(record));
    }

    private static void WriteRegistry(SourceProductionContext output, RegistryModel? model, EquatableArray<PluginModel> own, EquatableArray<DefaultOptions> defaults)
    {
        if (model is null)
            return;
        var plugins = model.Plugins
            .Concat(own.Where(IsSound).Select(plugin => new LinkedPlugin(plugin.QualifiedName, plugin.Name, model.Assembly, plugin.ApiVersion, plugin.Events) { Services = plugin.Services }))
            .OrderBy(plugin => plugin.Name, StringComparer.Ordinal)
            .ToArray();
        ReportAll(output, RegistryWriter.Check(plugins, model).Concat(ServiceCheck.Of(plugins)).Concat(DefaultOptions.Check(plugins, defaults)));
        output.AddSource("LinkedPlugins.g.cs", RegistryWriter.Write(DefaultOptions.Give(plugins, defaults)));
    }

    private static bool IsSound(PluginModel plugin) => plugin.Problems.All(problem => PluginRules.Of(problem.Rule).DefaultSeverity != DiagnosticSeverity.Error);

    private static void ReportAll(SourceProductionContext output, IEnumerable<PluginProblem> problems)
    {
        foreach (var problem in problems)
            output.ReportDiagnostic(problem.ToDiagnostic());
    }

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<PluginProblem?> problems) =>
        context.RegisterSourceOutput(problems.Where(static problem => problem is not null), static (output, problem) => output.ReportDiagnostic(problem!.ToDiagnostic()));

    /// <summary>Plugins of one project that have one name: each but the first is complained of.</summary>
    private static IncrementalValueProvider<EquatableArray<PluginProblem>> Namesakes(IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(PluginNames.PluginAttribute, static (node, _) => node is ClassDeclarationSyntax, static (found, _) =>
            PluginProblem.At(PluginRules.Twice, found.TargetSymbol.Locations.FirstOrDefault(), PluginReader.Text(found.Attributes[0].ConstructorArguments, 0), found.TargetSymbol.Name))
        .Collect()
        .Select(static (plugins, _) => new EquatableArray<PluginProblem>([.. plugins
            .GroupBy(static plugin => plugin.Subject)
            .SelectMany(static group => group.Skip(1).Select(plugin => plugin with { Detail = $"plugins {group.First().Detail} and {plugin.Detail}" }))]));

    private static void ReportStrays(IncrementalGeneratorInitializationContext context, string attribute) => Report(context, context.SyntaxProvider
        .ForAttributeWithMetadataName(attribute, static (_, _) => true, static (found, _) => Stray(found.TargetSymbol, found.Attributes[0])));

    private static PluginProblem? Stray(ISymbol member, AttributeData attribute) => PluginNames.IsPlugin(member.ContainingType)
        ? null
        : PluginProblem.At(PluginRules.Stray, member.Locations.FirstOrDefault(), member.Name, attribute.AttributeClass!.Name.Replace("Attribute", ""));
}
