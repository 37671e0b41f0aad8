using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Plugins;

/// <summary>Reads the properties with <c>[Option]</c>.</summary>
internal static class OptionReader
{
    public static EquatableArray<OptionModel> Read(INamedTypeSymbol plugin, List<PluginProblem> problems)
    {
        var options = new List<OptionModel>();
        foreach (var property in plugin.GetMembers().OfType<IPropertySymbol>())
        {
            var attribute = property.GetAttributes().FirstOrDefault(data => data.AttributeClass is { } type && PluginNames.FullName(type) == PluginNames.OptionAttribute);
            if (attribute is not null && Read(property, attribute, problems) is { } option)
                options.Add(option);
        }

        foreach (var group in options.GroupBy(option => option.Name).Where(group => group.Count() > 1))
            problems.Add(PluginProblem.At(PluginRules.Twice, plugin.Locations.FirstOrDefault(), group.Key, $"options {string.Join(" and ", group.Select(option => option.Property))}"));
        return new([.. options]);
    }

    private static OptionModel? Read(IPropertySymbol property, AttributeData attribute, List<PluginProblem> problems)
    {
        var name = PluginReader.Text(attribute.ConstructorArguments, 0);
        var where = property.Locations.FirstOrDefault();
        if (!PluginNames.IsValid(name, "-_") || name is "help" or "arg" or "allow")
            problems.Add(PluginProblem.At(PluginRules.Name, where, name, "an option: lower-case letters, digits, '-' and '_', a letter first, none of 'help', 'arg' and 'allow'"));
        if (property.IsStatic || property.IsRequired || property.IsIndexer || property.GetMethod is null || property.SetMethod is null)
        {
            problems.Add(PluginProblem.At(PluginRules.OptionProperty, where, name));
            return null;
        }

        var isRequired = attribute.NamedArguments.Any(argument => argument is { Key: "IsRequired", Value.Value: true });
        if (KindOf(property.Type) is { } kind)
            return new(property.Name, name, PluginReader.Text(attribute.ConstructorArguments, 1), kind, PluginNames.Qualified(property.Type), Choices(property.Type), isRequired);
        problems.Add(PluginProblem.At(PluginRules.OptionType, where, name, property.Type.ToDisplayString()));
        return null;
    }

    private static string? KindOf(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => "Switch",
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 } => "Number",
        { SpecialType: SpecialType.System_Double } => "Fraction",
        { SpecialType: SpecialType.System_String } => "Text",
        IArrayTypeSymbol { Rank: 1, ElementType: not IArrayTypeSymbol and var element } when KindOf(element) is not (null or "Switch" or "Choice") and var kind => kind + "List",
        _ when PluginNames.FullName(type) == PluginNames.Space + ".ByteSize" => "Size",
        _ when PluginNames.FullName(type) == PluginNames.Space + ".AddressRange" => "Range",
        { TypeKind: TypeKind.Enum } => "Choice",
        _ => null,
    };

    private static EquatableArray<string> Choices(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Enum ? new([.. type.GetMembers().OfType<IFieldSymbol>().Select(member => member.Name)]) : default;
}
