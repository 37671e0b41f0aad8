using System.Text;
using System.Text.Json;
using Emu.Cli.Tests.Launching;
using TUnit.Assertions.Enums;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>Where reports, traces and listings go and what they look like.</summary>
public sealed class OutputTests
{
    [Test]
    public async Task Reports_come_in_the_order_of_the_plugins()
    {
        var outcome = Launch.Emu("-p", "bb", "-p", "insn", "bin/hello").Run();
        await Assert.That(outcome.OutputText).IsEqualTo("hello, world\n");
        await Assert.That(outcome.ErrorText).Matches(@"\ACPU0: bb's: \d+, insns: \d+\nTotal: bb's: \d+, insns: \d+\ncpu 0 insns: \d+\ntotal insns: \d+\n\z");
    }

    [Test]
    public async Task A_plugin_that_is_named_twice_is_one()
    {
        var outcome = Launch.Emu("-p", "insn,inline", "-p", "insn,sizes", "bin/hello").Run();
        await Assert.That(outcome.ErrorText).Matches(@"\Alen 2 bytes: \d+ insns\nlen 4 bytes: \d+ insns\ntotal insns: \d+\n\z");
    }

    [Test]
    [Arguments("-p", "insn,inline=on")]
    [Arguments("-p", "insn,inline=YES")]
    [Arguments("-p", "insn,arg=inline=true")]
    [Arguments("-p", "insn,arg=inline")]
    [Arguments("-p", "insn,inline=0")]
    [Arguments("-p", "insn,inline,inline=off")]
    [Arguments("--plugin", "insn")]
    [Arguments("--plugin=insn")]
    [Arguments("-pinsn")]
    public async Task Spellings_of_an_option_that_mean_the_same(params string[] options)
    {
        var outcome = Launch.Emu([.. options, "bin/count-loop"]).Run();
        await Assert.That(outcome.ErrorText).IsEqualTo("cpu 0 insns: 3004\ntotal insns: 3004\n");
    }

    [Test]
    public async Task A_json_report_is_one_object_with_a_member_for_each_plugin()
    {
        using var scratch = new ScratchFolder();
        File.WriteAllText(scratch.File("report"), "what was here before is longer than what comes now" + new string('.', 10_000));
        var options = new[] { "-p", "insn", "-p", "bb", "-p", "mem", "-p", "howvec", "-p", "hotblocks", "--report", "json", "--report-file", scratch.File("report") };
        await Launch.Emu([.. options, "bin/count-memory"]).Run().AssertCleanExit("");
        using var report = JsonDocument.Parse(File.ReadAllBytes(scratch.File("report")));
        var members = report.RootElement.EnumerateObject().Select(static member => member.Name);
        await Assert.That(members).IsEquivalentTo(["emu", "insn", "bb", "mem", "howvec", "hotblocks"], CollectionOrdering.Matching);
        await Assert.That(report.RootElement.GetProperty("insn").GetProperty("total").EnumerateObject().Single().Value.GetInt64()).IsEqualTo(2606);
        await Assert.That(report.RootElement.GetProperty("bb").GetProperty("total").GetProperty("blocks").GetInt64()).IsEqualTo(101);
    }

    [Test]
    public async Task A_report_of_a_guest_that_is_killed_is_written()
    {
        var outcome = Launch.Emu("-p", "insn,inline", "bin/count-fault").Run();
        await Assert.That(outcome.Signal).IsEqualTo(11);
        await Assert.That(outcome.ErrorText).IsEqualTo("cpu 0 insns: 34\ntotal insns: 34\n");
    }

    [Test]
    public async Task A_trace_has_a_line_for_each_call()
    {
        var outcome = Launch.Emu("--strace", "bin/hello").Run();
        await Assert.That(outcome.ErrorText).IsEqualTo("write(1, \"hello, world\\n\", 13) = 13\nexit_group(0) = ?\n");
        await Assert.That(outcome.OutputText).IsEqualTo("hello, world\n");
    }

    [Test]
    public async Task Listings_show_the_guests_code_its_meaning_and_what_is_run()
    {
        using var scratch = new ScratchFolder();
        await Launch.Emu("-d", "in_asm", "-d", "ir,out", "-D", scratch.File("log"), "bin/count-loop").Run().AssertCleanExit("");
        var log = File.ReadAllText(scratch.File("log"));
        await Assert.That(log).Matches(@"(?m)^IN:\n0x[0-9a-f]{8}:  \S");
        await Assert.That(log).Matches(@"(?m)^IR:\nblock 0x");
        await Assert.That(log).Matches(@"(?m)^OUT: 0x[0-9a-f]{8}, \d+ bytes$");
    }

    [Test]
    public async Task Both_outputs_may_be_one_file_that_is_not_utf8()
    {
        using var scratch = new ScratchFolder();
        byte[] path = [.. Encoding.UTF8.GetBytes(scratch.File("both")), 0xff];
        var launch = Launch.Emu() with { Arguments = ["--strace"u8.ToArray(), "-D"u8.ToArray(), path, "-p"u8.ToArray(), "insn"u8.ToArray(), "--report-file"u8.ToArray(), path, "bin/hello"u8.ToArray()] };
        await launch.Run().AssertCleanExit("hello, world\n");
        var both = (Launch.Tool("/bin/sh", "-c", "cat both?") with { Directory = scratch.Path }).Run().OutputText;
        await Assert.That(both).StartsWith("write(1, ");
        await Assert.That(both).Matches(@"\ntotal insns: \d+\n\z");
    }

    [Test]
    public async Task Statistics_name_the_backend_and_count_blocks()
    {
        var outcome = Launch.Emu("--stats", "bin/hello").Run();
        await Assert.That(outcome.OutputText).IsEqualTo("hello, world\n");
        await Assert.That(outcome.ErrorText).Matches(
            @"\Abackend: (x64|threaded)\nblocks translated: [1-9]\d*\nguest instructions translated: [1-9]\d*\nguest instructions executed: [1-9]\d*\n");
    }

    [Test]
    public async Task A_file_may_be_a_pipe()
    {
        const string Script = "mkfifo fifo && { cat fifo & } && \"$0\" -p insn --report-file fifo \"$1\" >/dev/null && wait";
        using var scratch = new ScratchFolder();
        var outcome = (Launch.Tool("/bin/sh", "-c", Script, EmuExecutable.Path, Repository.Guest("count-loop")) with { Directory = scratch.Path }).Run();
        await outcome.AssertCleanExit("cpu 0 insns: 3004\ntotal insns: 3004\n");
    }
}
