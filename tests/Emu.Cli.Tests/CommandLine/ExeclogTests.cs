using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>A plugin that writes much while the guest runs: what ends up in its file, however the guest ends and whatever is wrong with the file.</summary>
public sealed partial class ExeclogTests
{
    [Test]
    [Arguments("bin/count-loop")]
    [Arguments("bin/hello")]
    [Arguments("bin/count-fault")]
    public async Task R59_each_executed_instruction_is_in_the_file_though_a_signal_kills_the_guest(string guest)
    {
        using var scratch = new ScratchFolder();
        var alone = Launch.Emu(guest).Run();
        var outcome = Launch.Emu("-p", "insn", "-p", $"execlog,outfile={scratch.File("log")}", guest).Run();
        await Assert.That((outcome.Status, outcome.Signal)).IsEqualTo((alone.Status, alone.Signal));
        var lines = File.ReadAllLines(scratch.File("log"));
        await Assert.That(lines.Length).IsEqualTo(int.Parse(Total().Match(outcome.ErrorText).Groups[1].Value, CultureInfo.InvariantCulture));
        foreach (var line in lines)
            await Assert.That(Line().IsMatch(line)).IsTrue().Because(line);
    }

    [Test]
    public async Task R59_a_child_that_is_forked_has_a_file_of_its_own()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"execlog,ifilter=ecall,outfile={scratch.File("log.%p")}", "bin/processes", "children").Run();
        var files = Directory.GetFiles(Path.GetDirectoryName(scratch.File("log"))!, "log.*");
        await Assert.That(files.Length).IsGreaterThan(1);
        foreach (var line in files.SelectMany(File.ReadAllLines))
            await Assert.That(Line().IsMatch(line)).IsTrue().Because(line);
    }

    [Test]
    public async Task R59_a_full_disk_is_told_of_once_and_the_guest_goes_on()
    {
        var outcome = Launch.Emu("-p", "execlog,outfile=/dev/full", "bin/hello").Run();
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((0, "hello, world\n"));
        await Assert.That(outcome.ErrorText).IsEqualTo("emu: plugin 'execlog' cannot write '/dev/full': No space left on device; what it writes from now on is lost\n");
    }

    [Test]
    public async Task R59_a_file_that_may_not_grow_ends_with_a_whole_record()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter("ulimit -f 100", "-p", $"execlog,outfile={scratch.File("log")}", "bin/count-loop").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(outcome.ErrorText).IsEqualTo($"emu: plugin 'execlog' cannot write '{scratch.File("log")}': File too large; what it writes from now on is lost\n");
        var text = File.ReadAllText(scratch.File("log"));
        await Assert.That(text.Length == 0 || text.EndsWith('\n')).IsTrue();
    }

    [Test]
    public async Task R59_a_pipe_without_a_reader_is_told_of_once_and_the_guest_goes_on()
    {
        using var scratch = new ScratchFolder();
        var pipe = scratch.File("pipe");
        var outcome = Launch.EmuAfter($"mkfifo {pipe}; {{ head -c 1 {pipe} >/dev/null & }}", "-p", $"execlog,outfile={pipe}", "bin/sort").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(outcome.ErrorText).IsEqualTo($"emu: plugin 'execlog' cannot write '{pipe}': Broken pipe; what it writes from now on is lost\n");
    }

    [Test]
    public async Task R59_a_file_that_cannot_be_written_keeps_the_guest_from_starting()
    {
        var outcome = Launch.Emu("-p", "execlog,outfile=/nowhere/log", "bin/hello").Run();
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((125, ""));
        await Assert.That(outcome.ErrorText).IsEqualTo("emu: error: plugin 'execlog': cannot write the file '/nowhere/log': No such file or directory\n");
    }

    [GeneratedRegex("total insns: ([0-9]+)")]
    private static partial Regex Total();

    [GeneratedRegex("^[0-9]+, 0x[0-9a-f]+, 0x[0-9a-f]+, \"[^\"]+\"(, (load|store), 0x[0-9a-f]{8,})*$")]
    private static partial Regex Line();
}
