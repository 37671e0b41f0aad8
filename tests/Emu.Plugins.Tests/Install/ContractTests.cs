using System.Reflection;
using Assert = Xunit.Assert;

namespace Emu.Plugins.Tests.Install;

/// <summary>What a stranger compiles against.</summary>
public class ContractTests
{
    private static readonly Assembly Contract = typeof(Plugin).Assembly;

    [Test]
    public void R79_the_contract_refers_to_no_assembly_of_Emu() =>
        Assert.DoesNotContain(Contract.GetReferencedAssemblies(), name => name.Name!.StartsWith("Emu", StringComparison.Ordinal));

    [Test]
    [MethodDataSource(nameof(Plugins))]
    public void R79_a_plugin_refers_to_nothing_but_the_contract(Type plugin)
    {
        var names = plugin.Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Emu", StringComparison.Ordinal));
        Assert.Equal(["Emu.Plugins"], names);
    }

    [Test]
    public void R79_no_public_member_of_the_contract_shows_a_type_of_the_engine()
    {
        var shown = Contract.GetExportedTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .SelectMany(TypesOf)
            .Where(type => type.Assembly != Contract && !type.IsGenericParameter && !type.IsFunctionPointer)
            .Select(type => type.Namespace ?? "")
            .Distinct();
        Assert.All(shown, space => Assert.StartsWith("System", space));
    }

    [Test]
    public void Every_event_has_an_interface_and_a_bit()
    {
        var interfaces = Contract.GetExportedTypes().Where(type => type.IsInterface && type.Name.StartsWith("IOn", StringComparison.Ordinal))
            .Select(type => type.Name[3..]);
        var bits = Enum.GetNames<PluginEvents>().Except([nameof(PluginEvents.None), nameof(PluginEvents.All)]);
        Assert.Equal(bits.Order(), interfaces.Order());
        Assert.Equal(PluginEvents.All, bits.Select(Enum.Parse<PluginEvents>).Aggregate((all, single) => all | single));
    }

    /// <summary>Every plugin of <c>plugins/</c>: this project links them all.</summary>
    public static IEnumerable<Type> Plugins() =>
    [
        .. typeof(ContractTests).Assembly.GetReferencedAssemblies().Select(Assembly.Load)
            .SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.IsSubclassOf(typeof(Plugin)) && type != typeof(Emu.Engine.Instrumentation.InstructionCount)),
    ];

    [Test]
    public void All_plugins_of_the_folder_are_looked_at() => Assert.Contains(typeof(StandardPlugins.Empty), Plugins());

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
