using Emu.Generators.Plugins.Lowering;
using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Plugins;

/// <summary>Reads the methods with <c>[ExecCallback]</c> and its like, and the callback structs that were written by hand.</summary>
internal static class CallbackReader
{
    /// <summary>The class, nested in the plugin, that holds the generated structs.</summary>
    public const string Holder = "Callbacks";

    private const string VCpu = "in " + PluginNames.Space + ".VCpu";
    private const string Control = PluginNames.Space + ".VCpuControl";
    private const string Registers = PluginNames.Space + ".Registers";
    private const string UserData = "nint";

    public static EquatableArray<CallbackModel> Read(INamedTypeSymbol plugin, Compilation compilation, List<PluginProblem> problems)
    {
        var callbacks = new List<CallbackModel>();
        foreach (var method in plugin.GetMembers().OfType<IMethodSymbol>())
            foreach (var attribute in method.GetAttributes())
                if (ContractOf(attribute.AttributeClass) is { } contract)
                    callbacks.Add(Read(method, contract, compilation, problems));
        callbacks.AddRange(HandWritten(plugin, ""));
        foreach (var group in callbacks.GroupBy(callback => callback.Struct).Where(group => group.Count() > 1))
            problems.Add(PluginProblem.At(PluginRules.Twice, plugin.Locations.FirstOrDefault(), group.First().Method ?? group.Key, "each callback needs a name of its own"));
        return new([.. callbacks]);
    }

    /// <summary>What the contract has for the callbacks that an attribute marks; null for any other attribute.</summary>
    public static CallbackContract? ContractOf(INamedTypeSymbol? attribute) =>
        attribute is null ? null : CallbackContract.Find(contract => PluginNames.FullName(attribute) == $"{PluginNames.Space}.{contract.Attribute}Attribute");

    private static CallbackModel Read(IMethodSymbol method, CallbackContract contract, Compilation compilation, List<PluginProblem> problems)
    {
        var actual = method.Parameters.Select(parameter => SpellingOf(parameter)).ToArray();
        var capability = actual.Length > 1 && actual[1] is Registers or Control ? actual[1] : null;
        string[] expected = [VCpu, .. capability is not null ? [capability] : Array.Empty<string>(), .. contract.Told.Length > 0 ? [$"in {PluginNames.Space}.{contract.Told}"] : Array.Empty<string>(), UserData];
        if (method.IsStatic || method.IsGenericMethod || !method.ReturnsVoid || !actual.SequenceEqual(expected))
        {
            problems.Add(PluginProblem.At(PluginRules.Signature, method.Locations.FirstOrDefault(), method.Name, contract.Parameters));
        }

        var (body, reason) = BodyWriter.Write(method, compilation);
        if (reason is not null)
            problems.Add(PluginProblem.At(PluginRules.Called, method.Locations.FirstOrDefault(), method.Name, reason));
        return new($"{Holder}.{method.Name}", method.Name, contract.Kind, InlineableBody.Check(method, compilation), IsLowered: reason is null, body, capability switch { Registers => "Read", Control => "Write", _ => "None" });
    }

    private static string SpellingOf(IParameterSymbol parameter) => parameter.RefKind switch
    {
        RefKind.None => parameter.Type.ToDisplayString(),
        RefKind.In => "in " + parameter.Type.ToDisplayString(),
        _ => "",
    };

    private static IEnumerable<CallbackModel> HandWritten(INamedTypeSymbol type, string prefix)
    {
        foreach (var nested in type.GetTypeMembers())
        {
            var name = prefix + nested.Name;
            if (nested.TypeKind == TypeKind.Struct)
                foreach (var implemented in nested.AllInterfaces.Select(PluginNames.FullName))
                    if (CallbackContract.Find(contract => implemented == $"{PluginNames.Space}.{contract.Interface}") is { Kind: var kind })
                        yield return new(name, null, kind, IsInlined: false);
            foreach (var deeper in HandWritten(nested, name + "."))
                yield return deeper;
        }
    }
}
