using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Control;

/// <summary><c>--control</c> and <c>--ctl</c>: the guest is a block of three instructions that executes itself for ever.</summary>
public sealed partial class ControlTests
{
    private const int Kill = 9;

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task A_plugin_is_attached_to_a_hot_loop_counts_exactly_and_is_taken_away(string backend)
    {
        using var guest = new ControlledGuest("--backend", backend);
        await Assert.That(guest.Do("list")).IsEmpty();
        await Assert.That(guest.Do("report")).IsEmpty();
        await Assert.That(guest.Do("load", "bb")).IsEmpty();
        await Assert.That(guest.Do("load", "insn,inline")).IsEmpty();
        await Assert.That(guest.Do("list")).IsEqualTo("bb\ninsn,inline\n");
        var (first, second) = (CountsOf(guest), CountsOf(guest));
        await Assert.That(first.Insns).IsEqualTo(3 * first.Blocks);
        await Assert.That(second.Insns).IsEqualTo(3 * second.Blocks);
        await Assert.That(second.Blocks).IsGreaterThan(first.Blocks);
        guest.Do("unload", "bb");
        await Assert.That(guest.Do("report")).Matches("^cpu 0 insns: [0-9]+\ntotal insns: [0-9]+\n$");
        guest.Do("unload", "insn");
        await Assert.That(guest.Do("list")).IsEmpty();
        guest.Do("quit", "7");
        var outcome = guest.WaitForEnd();
        await Assert.That((outcome.Status, outcome.OutputText, outcome.ErrorText)).IsEqualTo((7, "", ""));
        await Assert.That(File.Exists(guest.Socket)).IsFalse();
    }

    [Test]
    public async Task A_plugin_is_changed_and_begins_anew()
    {
        using var guest = new ControlledGuest("-p", "insn,class=branch");
        await Assert.That(guest.Do("report", "insn")).IsEqualTo("cpu 0 insns: 0\ntotal insns: 0\n");
        guest.Do("set", "insn", "class=jump", "sizes");
        await Assert.That(guest.Do("list")).IsEqualTo("insn,class=branch,class=jump,sizes\n");
        await Assert.That(guest.Do("report")).Matches("^len 4 bytes: ([0-9]+) insns\ntotal insns: \\1\n$");
        guest.Do("load", "bb");
        guest.Do("reset", "insn");
        await Assert.That(guest.Do("list")).IsEqualTo("bb\ninsn,class=branch,class=jump,sizes\n");
        // Both were begun at a stop, the second one later.
        var blocks = CountsOf(guest).Blocks;
        await Assert.That(long.Parse(Total().Match(guest.Do("report", "insn")).Groups[1].Value, CultureInfo.InvariantCulture)).IsGreaterThan(0);
        await Assert.That(blocks).IsGreaterThan(0);
        guest.Do("quit");
        var outcome = guest.WaitForEnd();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(outcome.ErrorText).Matches("^CPU0: bb's: .*\nTotal: bb's: .*\nlen 4 bytes: [0-9]+ insns\ntotal insns: [0-9]+\n$");
    }

    [Test]
    public async Task Results_are_told_in_every_form_and_the_last_report_names_what_watched()
    {
        using var guest = new ControlledGuest("--report", "json", "--stats");
        guest.Do("load", "bb,inline");
        using (var report = JsonDocument.Parse(guest.Do("--report", "json", "report")))
            await Assert.That(report.RootElement.GetProperty("bb").GetProperty("total").GetProperty("insns").GetInt64()).IsGreaterThan(0);
        await Assert.That(guest.Do("--report", "csv", "report")).StartsWith("plugin,table,cpu,blocks,insns\nbb,cpus,0,");
        await Assert.That(guest.Do("stats")).Matches("\nguest instructions executed: [1-9][0-9]*\n");
        await Assert.That(guest.Do("help")).Contains("load NAME[,option=value…]");
        guest.Do("quit");
        var outcome = guest.WaitForEnd();
        using var last = JsonDocument.Parse(outcome.ErrorText[..(outcome.ErrorText.LastIndexOf('}') + 1)]);
        var plugin = last.RootElement.GetProperty("emu").GetProperty("plugins")[0];
        await Assert.That((plugin.GetProperty("name").GetString(), plugin.GetProperty("options")[0].GetString())).IsEqualTo(("bb", "inline"));
        await Assert.That(last.RootElement.GetProperty("bb").GetProperty("total").GetProperty("blocks").GetInt64()).IsGreaterThan(0);
    }

    [Test]
    [Arguments("lod insn", "no command is named 'lod' (did you mean 'load'?); there are: help, list, load,")]
    [Arguments("load", "write: load NAME[,option=value…]")]
    [Arguments("load nosuch", "no plugin is named 'nosuch'")]
    [Arguments("load insn,bad", "plugin 'insn' has no option 'bad'")]
    [Arguments("load insn,sizes=x", "'sizes'")]
    [Arguments("load bb", "plugin 'bb' watches already; 'set' changes its options")]
    [Arguments("unload insn", "plugin 'insn' does not watch; those that do: bb")]
    [Arguments("set bb", "write: set NAME option[=value]…")]
    [Arguments("set bb inline=maybe", "'inline'")]
    [Arguments("set bd inline", "plugin 'bd' does not watch (did you mean 'bb'?)")]
    [Arguments("report insn", "plugin 'insn' does not watch")]
    [Arguments("quit now", "'now' is no exit code; write a number from 0 to 255")]
    [Arguments("quit 256", "'256' is no exit code")]
    public async Task What_cannot_be_done_is_told_in_a_line_and_changes_nothing(string command, string reason)
    {
        using var guest = new ControlledGuest("-p", "bb");
        await guest.Command(command.Split(' ')).AssertRefused(125, reason);
        await Assert.That(guest.Do("list")).IsEqualTo("bb\n");
        await Assert.That(guest.Do("report", "bb")).Matches("Total: bb's: [1-9]");
    }

    [Test]
    public async Task Clients_that_send_nonsense_or_vanish_do_not_disturb_the_others()
    {
        using var guest = new ControlledGuest("-p", "bb");
        using var half = guest.Connect();
        half.Send("{\"command\":"u8);
        for (var client = 0; client < 40; client++)
            using (var gone = guest.Connect())
                gone.Send(client % 2 == 0 ? "{\"command\":\"report\"}\n"u8 : "{"u8);
        using (var garbage = guest.Connect())
        {
            foreach (var line in (string[])["", "{}", "[1,2]", "\0\u00ff", "{\"command\":1}", "{\"command\":\"list\",\"arguments\":{}}", "{\"command\":\"list\",\"arguments\":[1]}", "{\"command\":\"report\",\"form\":\"yaml\"}"])
                await Assert.That(ControlledGuest.Ask(garbage, line + "\n")).StartsWith("{\"ok\":false,\"error\":\"");
            await Assert.That(ControlledGuest.Ask(garbage, "{\"command\":\"list\"}\n")).IsEqualTo("{\"ok\":true,\"text\":\"bb\\n\",\"plugins\":[{\"name\":\"bb\",\"options\":[]}]}\n");
        }

        using (var large = guest.Connect())
            await Assert.That(ControlledGuest.Ask(large, new string('x', 1 << 20))).IsEmpty();
        await Assert.That(guest.Do("list")).IsEqualTo("bb\n");
        await Assert.That(ControlledGuest.Ask(half, "\"list\"}\n")).StartsWith("{\"ok\":true,");
        guest.Do("quit");
        await Assert.That(guest.WaitForEnd().Status).IsEqualTo(0);
    }

    [Test]
    public async Task A_socket_has_one_owner_and_one_that_was_left_is_taken_over()
    {
        using var guest = new ControlledGuest();
        await Launch.Emu("--control", guest.Socket, "bin/hello").Run().AssertRefused(125, $"cannot wait for commands at '{guest.Socket}': Address already in use");
        await Assert.That(guest.Do("list")).IsEmpty();
        guest.Send(Kill);
        guest.WaitForEnd();
        await Assert.That(File.Exists(guest.Socket)).IsTrue();
        await guest.Command("list").AssertRefused(125, $"no emulator answers at '{guest.Socket}'");
        await Launch.Emu("--control", guest.Socket, "bin/hello").Run().AssertCleanExit("hello, world\n");
        await Assert.That(File.Exists(guest.Socket)).IsFalse();
    }

    [Test]
    public async Task Other_files_are_left_alone()
    {
        using var folder = new ScratchFolder();
        var file = folder.File("precious");
        await File.WriteAllTextAsync(file, "text");
        await Launch.Emu("--control", file, "bin/hello").Run().AssertRefused(125, "Address already in use");
        await Assert.That(await File.ReadAllTextAsync(file)).IsEqualTo("text");
        await Launch.Emu("--control", folder.File("socket"), "bin/nosuch").Run().AssertRefused(127, "bin/nosuch");
        await Assert.That(folder.Names).IsEquivalentTo(["precious"]);
        await Launch.Emu("--control", folder.File(new string('x', 200)), "bin/hello").Run().AssertRefused(125, "the path is longer than 107 bytes");
        await Launch.Emu("--control", "", "bin/hello").Run().AssertRefused(125, "it is empty");
        await Launch.Emu("--ctl", folder.File("socket")).Run().AssertRefused(125, "no command is given; try 'emu --ctl ");
        await Launch.Emu("--ctl", folder.File("socket"), "list").Run().AssertRefused(125, "no emulator answers at");
        await Launch.Emu("-p", "bb", "--ctl", folder.File("socket"), "list").Run().AssertRefused(125, "--plugin is for a guest, and --ctl runs none");
    }

    [Test]
    public async Task Children_of_the_guest_are_its_own()
    {
        using var folder = new ScratchFolder();
        var alone = Launch.Emu("bin/processes", "forks").Run();
        var controlled = Launch.Emu("--control", folder.File("socket"), "bin/processes", "forks").Run();
        await Assert.That((controlled.Status, controlled.OutputText, controlled.ErrorText)).IsEqualTo((alone.Status, alone.OutputText, alone.ErrorText));
        await Assert.That(folder.Names).IsEmpty();
    }

    private static (long Blocks, long Insns) CountsOf(ControlledGuest guest)
    {
        var match = Blocks().Match(guest.Do("report", "bb"));
        return (long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("Total: bb's: ([0-9]+), insns: ([0-9]+)")]
    private static partial Regex Blocks();

    [GeneratedRegex("total insns: ([0-9]+)")]
    private static partial Regex Total();
}
