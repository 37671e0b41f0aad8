using System.Text;
using System.Text.Json;
using Emu.Cli.Tests.Launching;
using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>Where reports, traces and listings go and what they look like.</summary>
public sealed class OutputTests
{
    [Test]
    public void Reports_come_in_the_order_of_the_plugins()
    {
        var outcome = Launch.Emu("-p", "bb", "-p", "insn", "bin/hello").Run();
        Assert.Equal("hello, world\n", outcome.OutputText);
        Assert.Matches(@"\ACPU0: bb's: \d+, insns: \d+\nTotal: bb's: \d+, insns: \d+\ncpu 0 insns: \d+\ntotal insns: \d+\n\z", outcome.ErrorText);
    }

    [Test]
    public void A_plugin_that_is_named_twice_is_one()
    {
        var outcome = Launch.Emu("-p", "insn,inline", "-p", "insn,sizes", "bin/hello").Run();
        Assert.Matches(@"\Alen 2 bytes: \d+ insns\nlen 4 bytes: \d+ insns\ntotal insns: \d+\n\z", outcome.ErrorText);
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
    public void Spellings_of_an_option_that_mean_the_same(params string[] options)
    {
        var outcome = Launch.Emu([.. options, "bin/count-loop"]).Run();
        Assert.Equal("cpu 0 insns: 3004\ntotal insns: 3004\n", outcome.ErrorText);
    }

    [Test]
    public void A_json_report_is_one_object_with_a_member_for_each_plugin()
    {
        using var scratch = new ScratchFolder();
        File.WriteAllText(scratch.File("report"), "what was here before is longer than what comes now" + new string('.', 10_000));
        var options = new[] { "-p", "insn", "-p", "bb", "-p", "mem", "-p", "howvec", "-p", "hotblocks", "--report", "json", "--report-file", scratch.File("report") };
        Launch.Emu([.. options, "bin/count-memory"]).Run().AssertCleanExit("");
        using var report = JsonDocument.Parse(File.ReadAllBytes(scratch.File("report")));
        Assert.Equal(["emu", "insn", "bb", "mem", "howvec", "hotblocks"], report.RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(2606, report.RootElement.GetProperty("insn").GetProperty("total").EnumerateObject().Single().Value.GetInt64());
        Assert.Equal(101, report.RootElement.GetProperty("bb").GetProperty("total").GetProperty("blocks").GetInt64());
    }

    [Test]
    public void A_report_of_a_guest_that_is_killed_is_written()
    {
        var outcome = Launch.Emu("-p", "insn,inline", "bin/count-fault").Run();
        Assert.Equal(11, outcome.Signal);
        Assert.Equal("cpu 0 insns: 34\ntotal insns: 34\n", outcome.ErrorText);
    }

    [Test]
    public void A_trace_has_a_line_for_each_call()
    {
        var outcome = Launch.Emu("--strace", "bin/hello").Run();
        Assert.Equal("write(1, \"hello, world\\n\", 13) = 13\nexit_group(0) = ?\n", outcome.ErrorText);
        Assert.Equal("hello, world\n", outcome.OutputText);
    }

    [Test]
    public void Listings_show_the_guests_code_its_meaning_and_what_is_run()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-d", "in_asm", "-d", "ir,out", "-D", scratch.File("log"), "bin/count-loop").Run().AssertCleanExit("");
        var log = File.ReadAllText(scratch.File("log"));
        Assert.Matches(@"(?m)^IN:\n0x[0-9a-f]{8}:  \S", log);
        Assert.Matches(@"(?m)^IR:\nblock 0x", log);
        Assert.Matches(@"(?m)^OUT: 0x[0-9a-f]{8}, \d+ bytes$", log);
    }

    [Test]
    public void Both_outputs_may_be_one_file_that_is_not_utf8()
    {
        using var scratch = new ScratchFolder();
        byte[] path = [.. Encoding.UTF8.GetBytes(scratch.File("both")), 0xff];
        var launch = Launch.Emu() with { Arguments = ["--strace"u8.ToArray(), "-D"u8.ToArray(), path, "-p"u8.ToArray(), "insn"u8.ToArray(), "--report-file"u8.ToArray(), path, "bin/hello"u8.ToArray()] };
        launch.Run().AssertCleanExit("hello, world\n");
        var both = (Launch.Tool("/bin/sh", "-c", "cat both?") with { Directory = scratch.Path }).Run().OutputText;
        Assert.StartsWith("write(1, ", both);
        Assert.Matches(@"\ntotal insns: \d+\n\z", both);
    }

    [Test]
    public void Statistics_name_the_backend_and_count_blocks()
    {
        var outcome = Launch.Emu("--stats", "bin/hello").Run();
        Assert.Equal("hello, world\n", outcome.OutputText);
        Assert.Matches(@"\Abackend: (x64|threaded)\nblocks translated: [1-9]\d*\nguest instructions translated: [1-9]\d*\nguest instructions executed: [1-9]\d*\n", outcome.ErrorText);
    }

    [Test]
    public void A_file_may_be_a_pipe()
    {
        const string Script = "mkfifo fifo && { cat fifo & } && \"$0\" -p insn --report-file fifo \"$1\" >/dev/null && wait";
        using var scratch = new ScratchFolder();
        var outcome = (Launch.Tool("/bin/sh", "-c", Script, EmuExecutable.Path, Repository.Guest("count-loop")) with { Directory = scratch.Path }).Run();
        outcome.AssertCleanExit("cpu 0 insns: 3004\ntotal insns: 3004\n");
    }
}
