using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>Options that ask something: the answer is on standard output and nothing runs.</summary>
public sealed class QuestionTests
{
    private static readonly string[] Options =
        ["--plugin", "--sysroot", "--env", "--unset-env", "--strace", "--debug", "--log", "--report", "--report-file", "--plugin-errors", "--backend", "--one-insn-per-tb", "--stats", "--version", "--help"];

    [Test]
    [Arguments("--help")]
    [Arguments("-h")]
    [Arguments("-?")]
    public async Task Help_tells_the_usage_and_all_options(string question)
    {
        var outcome = Launch.Emu(question, "bin/hello").Run();
        await outcome.AssertCleanExit(outcome.OutputText);
        await Assert.That(outcome.OutputText).StartsWith("Usage: emu [options] [--] PROGRAM [ARGS…]\n");
        await Assert.That(Options.Where(option => !outcome.OutputText.Contains(option, StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    public async Task Version_is_a_number_and_a_commit_and_what_was_built_in() =>
        await Assert.That(Launch.Emu("--version").Run().OutputText).Matches(
            @"\A\d+\.\d+\.\d+(\+[0-9a-f]+)?\nbackends: threaded.*\nplugins: bb, bbv, .*\nplugin API: \d+ \(oldest accepted: \d+\)\n\z");

    [Test]
    public async Task Plugins_are_listed_under_what_they_answer()
    {
        var outcome = Launch.Emu("-p", "help").Run();
        await outcome.AssertCleanExit(outcome.OutputText);
        var groups = outcome.OutputText.TrimEnd().Split("\n\n").Select(static group => group.Split('\n')).ToList();
        await Assert.That(groups.ConvertAll(static group => group[0])).Contains("Where does the time go?").And.Contains("What happens in memory?");
        foreach (var group in groups)
            await Assert.That(group.Skip(1).Select(NameIn)).IsInOrder();
        await Assert.That(groups.SelectMany(static group => group.Skip(1)).Select(NameIn)).IsEquivalentTo(LinkedPlugins());
    }

    private static string NameIn(string line) => line.TrimStart().Split(' ')[0];

    private static string[] LinkedPlugins() => Launch.Emu("--version").Run().OutputText.Split('\n')[2]["plugins: ".Length..].Split(", ");

    [Test]
    [Arguments("insn", "inline[=on|off]", "match=TEXT (repeatable)")]
    [Arguments("mem", "track=r|w|rw", "(default: rw)")]
    [Arguments("hotblocks", "limit=N", "(default: 20)")]
    public async Task A_plugin_explains_its_options(string plugin, string option, string detail)
    {
        var outcome = Launch.Emu("-p", plugin + ",help").Run();
        await outcome.AssertCleanExit(outcome.OutputText);
        await Assert.That(outcome.OutputText).StartsWith(plugin + ": ");
        await Assert.That(outcome.OutputText).Contains(option);
        await Assert.That(outcome.OutputText).Contains(detail);
    }

    [Test]
    public async Task Help_names_the_backends_that_are_in_the_file()
    {
        var backends = Launch.Emu("--version").Run().OutputText.Split('\n')[1]["backends: ".Length..].Split(", ");
        await Assert.That(Launch.Emu("--help").Run().OutputText).Contains($"--backend {string.Join('|', backends)}|auto ");
        await Assert.That(backends.Where(static backend => Launch.Emu("--backend", backend, "bin/hello").Run().Status != 0)).IsEmpty();
    }

    [Test]
    public async Task Plugins_are_explained_by_names_behind_help_too()
    {
        var oneByOne = Launch.Emu("-p", "insn,help").Run().OutputText + Launch.Emu("-p", "bb,help").Run().OutputText;
        await Assert.That(Launch.Emu("-p", "help,insn,bb").Run().OutputText).IsEqualTo(oneByOne);
    }
}
