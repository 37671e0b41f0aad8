using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>Reports of guests with several threads, processes and programs.</summary>
public sealed partial class ProcessReportTests
{
    [Test]
    public async Task R39_counts_agree_over_200_threads()
    {
        var outcome = Launch.Emu("-p", "insn", "-p", "bb,inline", "bin/processes", "threads").Run();
        var counts = Totals().Matches(outcome.ErrorText).Select(static match => match.Groups[1].Value).ToArray();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(counts).Count().IsEqualTo(2);
        await Assert.That(counts[0]).IsEqualTo(counts[1]);
    }

    [Test]
    public async Task A_name_with_the_process_gives_each_process_a_file()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", "insn", "--report-file", scratch.File("report.%p"), "bin/processes", "children").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        // The guest, and its children: forked and gone, executing itself, aborting, killed by SIGTERM. What vfork makes is its parent until it executes a program.
        await Assert.That(scratch.Names).Count().IsEqualTo(5);
        foreach (var name in scratch.Names)
            await Assert.That(File.ReadAllText(scratch.File(name))).Matches(@"\Acpu 0 insns: \d+\ntotal insns: \d+\n\z");
    }

    [Test]
    public async Task Without_it_all_reports_are_in_one_file()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", "insn", "--report-file", scratch.File("report"), "bin/processes", "children").Run();
        await Assert.That(Totals().Count(File.ReadAllText(scratch.File("report")))).IsEqualTo(5);
    }

    [Test]
    public async Task A_forked_child_goes_on_with_what_its_parent_had_counted()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", "insn,inline", "--report-file", scratch.File("report"), "bin/events", "copied").Run();
        var counts = Totals().Matches(File.ReadAllText(scratch.File("report"))).Select(static match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        await Assert.That(counts).Count().IsEqualTo(2);
        // A million before the fork, two in each process after it.
        foreach (var count in counts)
            await Assert.That(count).IsBetween(3_000_000, 3_100_000);
    }

    /// <summary>
    /// Four busy threads while the process forks, and forks again in its children, each of which starts a thread of its own and reports: all of that takes the plugin lock, which nobody
    /// has in a new process.
    /// </summary>
    [Test]
    public async Task R76_a_forked_child_has_a_plugin_lock_that_nobody_holds()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", "insn", "-p", "bb,inline", "-p", "events,only=threads", "-D", scratch.File("log"), "--report-file", scratch.File("report.%p"), "bin/processes", "forks").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(outcome.OutputText).Matches(@"\A\d+ forks, 0 failed\n\z");
        var forks = int.Parse(outcome.OutputText.Split(' ')[0], CultureInfo.InvariantCulture);
        // Each fork has a child, which forks once more.
        await Assert.That(scratch.Names.Count(static name => name.StartsWith("report", StringComparison.Ordinal))).IsEqualTo(1 + 2 * forks);
        foreach (var name in scratch.Names.Where(static name => name.StartsWith("report", StringComparison.Ordinal)))
        {
            var counts = Totals().Matches(File.ReadAllText(scratch.File(name))).Select(static match => match.Groups[1].Value).ToArray();
            await Assert.That(counts).Count().IsEqualTo(2);
            await Assert.That(counts[0]).IsEqualTo(counts[1]);
        }
    }

    [Test]
    public async Task A_program_that_executes_another_is_told_of_before()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", "insn", "--report-file", scratch.File("report.%p"), "bin/events", "replaced").Run();
        await Assert.That(outcome.Status).IsEqualTo(9);
        await Assert.That(scratch.Names).Count().IsEqualTo(1);
        var counts = Totals().Matches(File.ReadAllText(scratch.File(scratch.Names.Single()))).Select(static match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();
        await Assert.That(counts).Count().IsEqualTo(2);
        await Assert.That(counts[0]).IsBetween(1_000_000, 1_100_000);
        await Assert.That(counts[1]).IsLessThan(100_000);
    }

    [GeneratedRegex("(?:total insns: |Total: .*insns: )([0-9]+)\n")]
    private static partial Regex Totals();
}
