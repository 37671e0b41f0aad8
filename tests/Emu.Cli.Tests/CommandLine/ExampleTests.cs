using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>The example of each plugin, which the README of the repository and the plugin's help show, runs.</summary>
public sealed partial class ExampleTests
{
    private const int Refused = 125;

    [Test]
    [MethodDataSource(nameof(Examples))]
    public async Task The_example_of_a_plugin_runs(string plugin, string example)
    {
        using var scratch = new ScratchFolder();
        var arguments = example.Replace("PROGRAM", Repository.Guest("sort"), StringComparison.Ordinal).Split(' ');
        var launch = Launch.Emu(arguments) with { Directory = scratch.Path };
        // Lockstep is a matter of two.
        var other = plugin == "lockstep" ? Task.Run(launch.Run) : Task.FromResult<Outcome?>(null!)!;
        var outcome = launch.Run();
        await other;
        await Assert.That(outcome.Status).IsEqualTo(plugin == "hwprofile" ? Refused : 0).Because(outcome.ErrorText);
        await Assert.That(outcome.OutputText).IsEqualTo(plugin is "hwprofile" or "stoptrigger" ? outcome.OutputText : Launch.Emu("bin/sort").Run().OutputText);
    }

    [Test]
    [MethodDataSource(nameof(Examples))]
    public async Task Its_help_shows_the_same(string plugin, string example)
    {
        var shown = Launch.Emu("-p", plugin + ",help").Run().OutputText.Split('\n').Where(static line => line.StartsWith("For example: ", StringComparison.Ordinal)).ToArray();
        await Assert.That(shown).IsEquivalentTo(["For example: emu " + example]);
    }

    [Test]
    public async Task Every_plugin_has_one()
    {
        var linked = Launch.Emu("--version").Run().OutputText.Split('\n')[2]["plugins: ".Length..].Split(", ");
        await Assert.That(Examples().Select(static example => example.Plugin)).IsEquivalentTo(linked);
    }

    public static IEnumerable<(string Plugin, string Example)> Examples() =>
        Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Select(static row => (row.Groups[1].Value, row.Groups[2].Value));

    [GeneratedRegex(@"\| \[(\w+)\]\(plugins/\w+\) \|[^|]*\| `emu ([^`]*)` \|")]
    private static partial Regex Row();
}
