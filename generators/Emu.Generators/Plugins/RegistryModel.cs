using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Plugins;

/// <summary>A plugin that an executable is linked with.</summary>
/// <param name="QualifiedName">The class as generated code names it.</param>
/// <param name="Name">The name on the command line.</param>
/// <param name="Assembly">Where it comes from.</param>
/// <param name="ApiVersion">The version of the contract that it was compiled against.</param>
/// <param name="Events">Members of <c>PluginEvents</c>.</param>
internal sealed record LinkedPlugin(string QualifiedName, string Name, string Assembly, int ApiVersion, EquatableArray<string> Events)
{
    /// <summary>What the executable's project gives it as options, or nothing.</summary>
    public string DefaultOptions { get; init; } = "";

    /// <summary>What it provides and needs.</summary>
    public ServiceModel Services { get; init; } = ServiceModel.None;
}

/// <summary>What the references of an executable hold.</summary>
/// <param name="Plugins">The plugins in referenced assemblies.</param>
/// <param name="Assembly">The executable's own assembly.</param>
/// <param name="MinVersion">The oldest contract that it accepts.</param>
/// <param name="Version">The contract that it is compiled against.</param>
internal sealed record RegistryModel(EquatableArray<LinkedPlugin> Plugins, string Assembly, int MinVersion, int Version)
{
    public static RegistryModel Read(Compilation compilation)
    {
        var plugins = compilation.SourceModule.ReferencedAssemblySymbols.SelectMany(Read).OrderBy(plugin => plugin.QualifiedName, StringComparer.Ordinal);
        return new(
            new([.. plugins]),
            compilation.AssemblyName ?? "",
            PluginReader.ApiConstant(compilation, "MinVersion"),
            PluginReader.ApiConstant(compilation, "Version"));
    }

    private static IEnumerable<LinkedPlugin> Read(IAssemblySymbol assembly)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is not { } type || PluginNames.FullName(type) != PluginNames.LinkedAttribute)
                continue;
            var arguments = attribute.ConstructorArguments;
            if (arguments.Length == 2 && arguments[0].Value is INamedTypeSymbol plugin && arguments[1].Value is int version)
                yield return new(PluginNames.Qualified(plugin), NameOf(plugin), assembly.Name, version, new([.. PluginNames.EventsOf(plugin)])) { Services = ServiceReader.Read(plugin) };
        }
    }

    private static string NameOf(INamedTypeSymbol plugin) => plugin.GetAttributes()
        .Where(attribute => attribute.AttributeClass is { } type && PluginNames.FullName(type) == PluginNames.PluginAttribute)
        .Select(attribute => PluginReader.Text(attribute.ConstructorArguments, 0))
        .FirstOrDefault() ?? "";
}
