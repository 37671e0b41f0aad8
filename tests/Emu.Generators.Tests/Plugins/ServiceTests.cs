namespace Emu.Generators.Tests.Plugins;

/// <summary>Services that plugins provide and need.</summary>
public class ServiceTests
{
    private const string Services = "public interface IFirst { } public interface ISecond { }";

    private static string Plugin(string name, string attributes, string interfaces = "") => $$"""
        [EmuPlugin("{{name}}", "Summary")]
        {{attributes}}
        public sealed partial class {{char.ToUpperInvariant(name[0])}}{{name[1..]}} : Plugin, IOnFlush{{interfaces}} { public void OnFlush() { } }
        """;

    [Test]
    public async Task What_a_plugin_provides_and_needs_is_described()
    {
        var compilation = new PluginCompilation(Services + Plugin("ant", "[Provides<IFirst>]", ", IFirst") + Plugin("bee", "[Needs<IFirst>]"), isExecutable: true);
        await Assert.That(compilation.Diagnostics).IsEmpty();
        await Assert.That(compilation.Source("Ant.Plugin.g.cs")).Contains("Provides = new global::System.Type[] { typeof(global::IFirst) },");
        await Assert.That(compilation.Source("Bee.Plugin.g.cs")).Contains("Needs = new global::System.Type[] { typeof(global::IFirst) },");
    }

    [Test]
    public async Task A_service_of_a_reference_is_found()
    {
        var first = await new PluginCompilation(Services + Plugin("ant", "[Provides<IFirst>]", ", IFirst"), name: "First").Compile();
        var compilation = new PluginCompilation(Plugin("bee", "[Needs<IFirst>]"), isExecutable: true, references: [first]);
        await Assert.That(compilation.Diagnostics).IsEmpty();
    }

    [Test]
    [Arguments("ant", "[Provides<IFirst>]", "", "EMUPLG018", "'IFirst' is no service that plugin 'Ant' can name: a service is an interface, and who provides it implements it")]
    [Arguments("ant", "[Needs<string>]", "", "EMUPLG018", "'string' is no service that plugin 'Ant' can name: a service is an interface, and who provides it implements it")]
    [Arguments("ant", "[Needs<IFirst>]", "", "EMUPLG019", "Service 'IFirst' is needed by 'ant', and no linked plugin provides it: link one that does")]
    [Arguments("ant", "[Provides<IFirst>, Needs<IFirst>]", ", IFirst", "EMUPLG019", "Service 'IFirst' is needed in a circle: 'ant' needs 'ant'")]
    public async Task A_wrong_plugin_is_refused(string name, string attributes, string interfaces, string id, string message)
    {
        var diagnostics = new PluginCompilation(Services + Plugin(name, attributes, interfaces), isExecutable: true).Diagnostics.Where(found => found.Id == id).ToArray();
        await Assert.That(diagnostics.Length).IsEqualTo(1);
        await Assert.That(diagnostics[0].GetMessage(null)).IsEqualTo(message);
    }

    [Test]
    public async Task Two_providers_are_refused()
    {
        var compilation = new PluginCompilation(Services + Plugin("ant", "[Provides<IFirst>]", ", IFirst") + Plugin("bee", "[Provides<IFirst>]", ", IFirst"), isExecutable: true);
        await Assert.That(compilation.Diagnostics.Select(found => found.GetMessage(null))).IsEquivalentTo(["Service 'IFirst' is provided by 'ant' and 'bee': link one of them"]);
    }

    [Test]
    public async Task A_circle_is_refused_at_each_of_its_plugins()
    {
        var compilation = new PluginCompilation(Services + Plugin("ant", "[Provides<IFirst>, Needs<ISecond>]", ", IFirst") + Plugin("bee", "[Provides<ISecond>, Needs<IFirst>]", ", ISecond") + Plugin("cow", "[Needs<IFirst>]"), isExecutable: true);
        await Assert.That(compilation.Diagnostics.Select(found => found.GetMessage(null))).IsEquivalentTo(
            ["Service 'IFirst' is needed in a circle: 'ant' needs 'bee' needs 'ant'", "Service 'ISecond' is needed in a circle: 'bee' needs 'ant' needs 'bee'"]);
    }
}
