using Microsoft.CodeAnalysis;
using TUnit.Assertions.Enums;

namespace Emu.Generators.Tests.Plugins;

/// <summary>The registry of an executable.</summary>
public class PluginRegistryTests
{
    private static string Plugin(string name, string type, string events = "IOnFlush") => $$"""
        [EmuPlugin("{{name}}", "Summary")]
        public sealed partial class {{type}} : Plugin, {{events}}
        {
            public void OnFlush() { }
            public void OnExit(ReportWriter report) { }
        }
        """;

    [Test]
    public async Task Without_the_property_there_is_none() => await Assert.That(new PluginCompilation("").Files).IsEmpty();

    [Test]
    public async Task Without_plugins_it_is_empty()
    {
        var compilation = new PluginCompilation("", isExecutable: true);
        await Assert.That(compilation.Diagnostics).IsEmpty();
        await Assert.That(compilation.Source("LinkedPlugins.g.cs")).Contains("Reachable => global::Emu.Plugins.PluginEvents.None;");
    }

    [Test]
    public async Task It_lists_the_plugins_of_references_and_its_own_by_name()
    {
        var first = await new PluginCompilation(Plugin("zebra", "Zebra"), name: "First").Compile();
        var second = await new PluginCompilation(Plugin("ant", "Ant", "IOnExit"), name: "Second").Compile();
        var compilation = new PluginCompilation(Plugin("mule", "Mule"), isExecutable: true, references: [first, second]);
        await Assert.That(compilation.Diagnostics).IsEmpty();

        var source = compilation.Source("LinkedPlugins.g.cs");
        string[] descriptors = ["DescriptorOf<global::Ant>", "DescriptorOf<global::Mule>", "DescriptorOf<global::Zebra>"];
        foreach (var descriptor in descriptors)
            await Assert.That(source).Contains(descriptor);
        var order = descriptors.Select(text => source.IndexOf(text, StringComparison.Ordinal)).ToArray();
        await Assert.That(order).IsEquivalentTo(order.Order(), CollectionOrdering.Matching);
        await Assert.That(source).Contains("BindCallbacks<global::Ant, TBinder>(ref binder);");
    }

    [Test]
    public async Task What_is_reachable_is_what_the_plugins_implement()
    {
        var plugin = await new PluginCompilation(Plugin("ant", "Ant", "IOnExit, IOnFlush"), name: "Second").Compile();
        var source = new PluginCompilation("", isExecutable: true, references: [plugin]).Source("LinkedPlugins.g.cs");
        await Assert.That(source).Contains("Reachable => global::Emu.Plugins.PluginEvents.Exit | global::Emu.Plugins.PluginEvents.Flush;");
    }

    [Test]
    public async Task Default_options_go_to_the_plugin_of_their_assembly()
    {
        var first = await new PluginCompilation(Plugin("zebra", "Zebra"), name: "First").Compile();
        var second = await new PluginCompilation(Plugin("ant", "Ant"), name: "Second").Compile();
        var compilation = new PluginCompilation("", isExecutable: true, defaults: "Second=limit=5,\"wide\"=a,,b", references: [first, second]);
        await Assert.That(compilation.Diagnostics).IsEmpty();
        await Assert.That(compilation.Source("LinkedPlugins.g.cs")).Contains("""DescriptorOf<global::Ant>("limit=5,\"wide\"=a,,b"),""").And.Contains("DescriptorOf<global::Zebra>(),");
    }

    [Test]
    [Arguments("Elsewhere=a", "'Elsewhere' has no plugin")]
    [Arguments("Both=a", "'Both' has 2 plugins, ant, bee")]
    public async Task EMUPLG017_default_options_that_are_not_those_of_one_plugin(string defaults, string message)
    {
        var both = await new PluginCompilation(Plugin("ant", "Ant") + Plugin("bee", "Bee"), name: "Both").Compile();
        var error = await Assert.That(new PluginCompilation("", isExecutable: true, defaults: defaults, references: [both]).Diagnostics).HasSingleItem();
        await Assert.That((error.Id, error.GetMessage(null))).IsEqualTo(("EMUPLG017", $"DefaultOptions are given to one plugin, but {message}"));
    }

    [Test]
    public async Task EMUPLG009_two_linked_plugins_of_one_name()
    {
        var first = await new PluginCompilation(Plugin("same", "One"), name: "First").Compile();
        var second = await new PluginCompilation(Plugin("same", "Two"), name: "Second").Compile();
        var error = await Assert.That(new PluginCompilation("", isExecutable: true, references: [first, second]).Diagnostics).HasSingleItem();
        await Assert.That((error.Id, error.GetMessage(null))).IsEqualTo(("EMUPLG009", "'same' is used twice: plugins of First and Second"));
    }

    [Test]
    [Arguments(0)]
    [Arguments(99)]
    public async Task R6_EMUPLG011_a_plugin_of_another_API_version_does_not_link(int version)
    {
        var error = new PluginCompilation("", isExecutable: true, references: [(await Foreign(version))]).Diagnostics.Single(diagnostic => diagnostic.Id == "EMUPLG011");
        await Assert.That(error.GetMessage(null)).IsEqualTo(
            $"Plugin 'foreign' of Elsewhere is compiled against plugin API {version}; this Emu accepts {Emu.Plugins.PluginApi.MinVersion} to {Emu.Plugins.PluginApi.Version}");
    }

    /// <summary>As the generator of another version would have left it: this one writes nothing for it, as it is not partial.</summary>
    private static async Task<MetadataReference> Foreign(int version) => await new PluginCompilation($$"""
        [assembly: Emu.Plugins.Hosting.LinkedPlugin(typeof(Foreign), {{version}})]
        [EmuPlugin("foreign", "Summary")]
        public sealed class Foreign : Plugin, IOnFlush { public void OnFlush() { } }
        """, name: "Elsewhere").Compile();
}
