using Emu.Cli.Tests.Launching;
using Assert = Xunit.Assert;

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
    public void Help_tells_the_usage_and_all_options(string question)
    {
        var outcome = Launch.Emu(question, "bin/hello").Run();
        outcome.AssertCleanExit(outcome.OutputText);
        Assert.StartsWith("Usage: emu [options] [--] PROGRAM [ARGS…]\n", outcome.OutputText);
        Assert.All(Options, option => Assert.Contains(option, outcome.OutputText));
    }

    [Test]
    public void Version_is_a_number_and_a_commit_and_what_was_built_in() =>
        Assert.Matches(@"\A\d+\.\d+\.\d+(\+[0-9a-f]+)?\nbackends: threaded.*\nplugins: bb, empty, .*\nplugin API: \d+ \(oldest accepted: \d+\)\n\z", Launch.Emu("--version").Run().OutputText);

    [Test]
    public void Plugins_are_listed_in_the_order_of_their_names()
    {
        var outcome = Launch.Emu("-p", "help").Run();
        outcome.AssertCleanExit(outcome.OutputText);
        Assert.Equal(["bb", "empty", "hotblocks", "howvec", "insn", "mem", "syscall"], outcome.OutputText.TrimEnd().Split('\n').Select(static line => line.Split(' ')[0]));
    }

    [Test]
    [Arguments("insn", "inline[=on|off]", "match=TEXT (repeatable)")]
    [Arguments("mem", "track=r|w|rw", "(default: rw)")]
    [Arguments("hotblocks", "limit=N", "(default: 20)")]
    public void A_plugin_explains_its_options(string plugin, string option, string detail)
    {
        var outcome = Launch.Emu("-p", plugin + ",help").Run();
        outcome.AssertCleanExit(outcome.OutputText);
        Assert.StartsWith(plugin + ": ", outcome.OutputText);
        Assert.Contains(option, outcome.OutputText);
        Assert.Contains(detail, outcome.OutputText);
    }

    [Test]
    public void Help_names_the_backends_that_are_in_the_file()
    {
        var backends = Launch.Emu("--version").Run().OutputText.Split('\n')[1]["backends: ".Length..].Split(", ");
        Assert.Contains($"--backend {string.Join('|', backends)}|auto ", Launch.Emu("--help").Run().OutputText);
        Assert.All(backends, static backend => Assert.Equal(0, Launch.Emu("--backend", backend, "bin/hello").Run().Status));
    }

    [Test]
    public void Plugins_are_explained_by_names_behind_help_too() =>
        Assert.Equal(Launch.Emu("-p", "insn,help").Run().OutputText + Launch.Emu("-p", "bb,help").Run().OutputText, Launch.Emu("-p", "help,insn,bb").Run().OutputText);
}
