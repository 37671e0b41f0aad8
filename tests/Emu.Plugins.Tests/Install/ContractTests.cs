using System.Reflection;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Install;

/// <summary>What a stranger compiles against.</summary>
public class ContractTests
{
    private static readonly Assembly Contract = typeof(Plugin).Assembly;

    [Test]
    public async Task R79_the_contract_refers_to_no_assembly_of_Emu() =>
        await Assert.That(Contract.GetReferencedAssemblies()).DoesNotContain(name => name.Name!.StartsWith("Emu", StringComparison.Ordinal));

    [Test]
    [MethodDataSource(nameof(Plugins))]
    public async Task R79_a_plugin_refers_to_nothing_but_the_contract(Type plugin)
    {
        var names = plugin.Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Emu", StringComparison.Ordinal));
        await Assert.That(names).IsEquivalentTo(["Emu.Plugins"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R79_no_public_member_of_the_contract_shows_a_type_of_the_engine()
    {
        var shown = Contract.GetExportedTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .SelectMany(TypesOf)
            .Where(type => type.Assembly != Contract && !type.IsGenericParameter && !type.IsFunctionPointer)
            .Select(type => type.Namespace ?? "")
            .Distinct();
        foreach (var space in shown)
            await Assert.That(space).StartsWith("System");
    }

    [Test]
    public async Task Every_event_has_an_interface_and_a_bit()
    {
        var interfaces = Contract.GetExportedTypes().Where(type => type.IsInterface && type.Name.StartsWith("IOn", StringComparison.Ordinal))
            .Select(type => type.Name[3..]);
        var bits = Enum.GetNames<PluginEvents>().Except([nameof(PluginEvents.None), nameof(PluginEvents.All)]);
        await Assert.That(interfaces.Order()).IsEquivalentTo(bits.Order(), CollectionOrdering.Matching);
        await Assert.That(bits.Select(Enum.Parse<PluginEvents>).Aggregate((all, single) => all | single)).IsEqualTo(PluginEvents.All);
    }

    /// <summary>Every plugin of <c>plugins/</c>: this project links them all.</summary>
    public static IEnumerable<Type> Plugins() =>
    [
        .. typeof(ContractTests).Assembly.GetReferencedAssemblies().Select(Assembly.Load)
            .SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.IsSubclassOf(typeof(Plugin)) && type != typeof(Emu.Engine.Instrumentation.InstructionCount)),
    ];

    [Test]
    public async Task All_plugins_of_the_folder_are_looked_at() => await Assert.That(Plugins()).Contains(typeof(StandardPlugins.Empty));

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
