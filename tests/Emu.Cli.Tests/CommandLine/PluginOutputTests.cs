using System.Text.Json;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>What plugins log while the guest runs, and what is said of how it ended.</summary>
public sealed class PluginOutputTests
{
    private const string Header = "insn_vaddr,insn_symbol,mem_vaddr,mem_hwaddr,access_size,access_type,mem_value";

    [Test]
    public async Task Lines_of_plugins_go_to_the_log_file_and_reports_to_the_report_file()
    {
        using var scratch = new ScratchFolder();
        await Launch.Emu("-p", "mem,print-accesses,callback", "-D", scratch.File("log"), "--report-file", scratch.File("report"), "bin/count-memory").Run().AssertCleanExit("");
        var lines = File.ReadAllLines(scratch.File("log"));
        await Assert.That(lines[0]).IsEqualTo(Header);
        await Assert.That(lines.Length).IsEqualTo(1 + 2700);
        await Assert.That(File.ReadAllText(scratch.File("report"))).IsEqualTo("mem accesses: 2700\n");
    }

    // They are kept back until there are many, but never beyond what the guest shows itself.
    [Test]
    public async Task Lines_of_plugins_stand_before_what_the_guest_writes_after_them()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter($"exec >{scratch.File("both")} 2>&1", "-p", "insn,match=ecall,trace", "bin/hello").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        var lines = File.ReadAllLines(scratch.File("both"));
        await Assert.That(lines[0]).EndsWith("avg insns/match");
        await Assert.That(lines[1]).IsEqualTo("hello, world");
        await Assert.That(lines[2]).EndsWith("avg insns/match");
    }

    [Test]
    public async Task Lines_of_plugins_survive_a_guest_that_is_killed()
    {
        var outcome = Launch.Emu("-p", "mem,print-accesses", "bin/count-fault").Run();
        await Assert.That(outcome.Signal).IsEqualTo(11);
        await Assert.That(outcome.ErrorText.Split('\n').Length).IsEqualTo(1 + 10 + 1);
    }

    [Test]
    public async Task A_death_is_described_in_one_line()
    {
        await Assert.That(Launch.Emu("-d", "fault", "bin/count-fault").Run().ErrorText).Matches(@"\Akilled by SIGSEGV for address 0x10 at pc 0x[0-9a-f]+\n\z");
        await Assert.That(Launch.Emu("-d", "fault", "bin/hello").Run().ErrorText).IsEmpty();
    }

    [Test]
    [Arguments("count-loop", "exitCode", 0)]
    [Arguments("count-fault", "signal", 11)]
    public async Task The_head_of_a_json_report_says_what_was_run_and_how_it_ended(string guest, string how, int number)
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", "insn,match=ld,match=sd", "-p", "bb,inline", "--report", "json", "--report-file", scratch.File("report"), "bin/" + guest, "one", "zwei ü").Run();
        using var report = JsonDocument.Parse(File.ReadAllBytes(scratch.File("report")));
        var head = report.RootElement.GetProperty("emu");
        await Assert.That(head.GetProperty("program").GetString()).IsEqualTo("bin/" + guest);
        await Assert.That(head.GetProperty("arguments").GetRawText().Where(static character => !char.IsWhiteSpace(character) || character == ' ')).Contains('ü');
        await Assert.That(head.GetProperty("plugins").EnumerateArray().Select(static plugin => plugin.GetProperty("name").GetString()!)).IsEquivalentTo(["insn", "bb"]);
        await Assert.That(head.GetProperty("plugins")[0].GetProperty("options").EnumerateArray().Select(static option => option.GetString()!)).IsEquivalentTo(["match=ld", "match=sd"]);
        await Assert.That(head.GetProperty("version").GetString() + "\n").IsEqualTo(Launch.Emu("--version").Run().OutputText.Split('\n')[0] + "\n");
        await Assert.That(head.GetProperty("seconds").GetDouble()).IsGreaterThan(0);
        await Assert.That(head.GetProperty(how).GetInt32()).IsEqualTo(number);
        await Assert.That(head.EnumerateObject().Count(static member => member.Name is "exitCode" or "signal")).IsEqualTo(1);
    }
}
