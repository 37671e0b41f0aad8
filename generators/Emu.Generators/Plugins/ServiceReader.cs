using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Plugins;

/// <summary>Reads <c>[Provides&lt;TService&gt;]</c> and <c>[Needs&lt;TService&gt;]</c>.</summary>
internal static class ServiceReader
{
    public static ServiceModel Read(INamedTypeSymbol plugin) => new(NamesOf(plugin, PluginNames.Provides), NamesOf(plugin, PluginNames.Needs));

    /// <summary>Services that are no interfaces, or are provided by a class that does not implement them.</summary>
    public static IEnumerable<PluginProblem> Check(INamedTypeSymbol plugin, Location? where)
    {
        foreach (var service in ServicesOf(plugin, PluginNames.Provides))
            if (service.TypeKind != TypeKind.Error && !plugin.AllInterfaces.Contains(service, SymbolEqualityComparer.Default))
                yield return PluginProblem.At(PluginRules.ServiceType, where, PluginNames.FullName(service), plugin.Name);
        foreach (var service in ServicesOf(plugin, PluginNames.Needs))
            if (service.TypeKind is not (TypeKind.Error or TypeKind.Interface))
                yield return PluginProblem.At(PluginRules.ServiceType, where, PluginNames.FullName(service), plugin.Name);
    }

    private static EquatableArray<string> NamesOf(INamedTypeSymbol plugin, string attribute) =>
        new([.. ServicesOf(plugin, attribute).Where(service => service.TypeKind != TypeKind.Error).Select(PluginNames.Qualified)]);

    private static IEnumerable<ITypeSymbol> ServicesOf(INamedTypeSymbol plugin, string attribute) => plugin.GetAttributes()
        .Select(data => data.AttributeClass)
        .Where(type => type is { TypeArguments.Length: 1 } && PluginNames.FullName(type.OriginalDefinition) == attribute)
        .Select(type => type!.TypeArguments[0]);
}
