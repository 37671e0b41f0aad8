using System.Text.Json.Nodes;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>A plugin that watches the recording of a run tells what it has told of the run.</summary>
public sealed class ReplayTests
{
    private static readonly string[] Plugins =
    [
        "insn", "insn,inline", "insn,sizes", "insn,match=ld", "insn,symbol=partition", "insn,skip=50,count=100", "insn,inline,every=3", "bb", "bb,inline", "mem", "mem,inline", "mem,callback,class=store,every=5",
        "mem,region-summary", "hotblocks", "hotblocks,inline,limit=5", "hotpages", "howvec", "howvec,inline,verbose", "branches,returns", "cache", "cache,l2,limit=5", "mix,functions", "mix,by=class", "syscall",
        "cflow", "calls,outfile=@", "shadowstack", "traps", "reuse,window=1000", "inline", "drcov,filename=@", "memtrace,format=csv,outfile=@", "memtrace,format=din,track=w,outfile=@", "execlog,outfile=@", "execlog,ifilter=ld,outfile=@", "bbv,interval=1000,outfile=@",
        "flame,outfile=@", "insn,start=partition,stop=sort",
    ];

    public static IEnumerable<(string Plugin, string Guest)> Cases() =>
        Plugins.SelectMany(static plugin => (string[])["bin/sort", "bin/signals", "bin/count-fault"], static (plugin, guest) => (plugin, guest));

    /// <summary>Guests of all kinds, of which all plugins that several threads do not confuse are asked at once.</summary>
    private static readonly string[] Counting = ["insn,inline", "bb", "mem", "hotblocks", "hotpages", "howvec", "branches,returns", "mix", "syscall", "cflow", "traps", "events,only=signals", "execlog,outfile=@"];

    [Test]
    [MethodDataSource(nameof(Cases))]
    public async Task A_plugin_tells_the_same(string plugin, string guest) => await AssertSame([plugin], guest);

    [Test]
    [Arguments("x64", "bin/hello")]
    [Arguments("x64", "bin/hello-libc")]
    [Arguments("x64", "bin/hello-pie")]
    [Arguments("x64", "bin/atomics")]
    [Arguments("x64", "bin/selfmod")]
    [Arguments("x64", "bin/float")]
    [Arguments("threaded", "bin/atomics")]
    [Arguments("threaded", "bin/selfmod")]
    public async Task Several_plugins_tell_the_same_of_guests_of_all_kinds(string backend, params string[] guest) => await AssertSame(Counting, ["--backend", backend, .. guest]);

    /// <summary>Which of two threads has translated a block that both have needed shows in some tables; here are plugins that it does not show in.</summary>
    [Test]
    public async Task Threads_are_told_apart() => await AssertSame(["insn,inline", "bb", "mem", "syscall", "traps"], "bin/processes", "threads");

    [Test]
    public async Task A_packed_recording_is_read()
    {
        using var scratch = new ScratchFolder();
        var live = Launch.Emu("-p", $"record,outfile={scratch.File("run.rec.gz")}", "-p", "insn", "bin/sort").Run();
        var replayed = Launch.Emu("--replay", scratch.File("run.rec.gz"), "-p", "insn").Run();
        await Assert.That(live.ErrorText).EndsWith(replayed.ErrorText);
        await Assert.That(replayed.ErrorText).Contains("total insns: ");
        await Assert.That(File.ReadAllBytes(scratch.File("run.rec.gz"))[..2]).IsEquivalentTo(new byte[] { 0x1F, 0x8B });
    }

    [Test]
    public async Task Each_process_has_a_recording_that_can_be_replayed()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"record,outfile={scratch.File("%p.rec")}", "bin/processes", "children").Run();
        await Assert.That(scratch.Names.Count()).IsGreaterThan(1);
        foreach (var name in scratch.Names)
        {
            var replayed = Launch.Emu("--replay", scratch.File(name), "-p", "insn").Run();
            await Assert.That(replayed.Status).IsEqualTo(0).Because(replayed.ErrorText);
            await Assert.That(replayed.ErrorText).Contains("total insns: ");
        }
    }

    [Test]
    [Arguments("--replay needs a plugin that watches the recording: -p NAME; '-p help' lists them", "--replay", "x.rec")]
    [Arguments("--replay runs no program, but 'bin/sort' is named", "--replay", "x.rec", "-p", "insn", "bin/sort")]
    [Arguments("--strace is for a guest, and --replay runs none", "--strace", "--replay", "x.rec", "-p", "insn")]
    [Arguments("the recording '/there/is/none.rec' cannot be read: Could not find a part of the path '/there/is/none.rec'.", "--replay", "/there/is/none.rec", "-p", "insn")]
    [Arguments("'bin/sort', line 1: a recording begins with 'emu-recording 1'", "--replay", "bin/sort", "-p", "insn")]
    public async Task What_cannot_be_replayed_is_one_line(string message, params string[] arguments)
    {
        var outcome = Launch.Emu(arguments).Run();
        await Assert.That(outcome.ErrorText).IsEqualTo($"emu: error: {message}\n");
        await Assert.That(outcome.Status).IsEqualTo(125);
    }

    [Test]
    public async Task A_plugin_that_reads_registers_says_that_there_are_none()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"record,outfile={scratch.File("run.rec")}", "bin/sort").Run();
        var outcome = Launch.Emu("--replay", scratch.File("run.rec"), "-p", "regs,at=partition,reg=a0").Run();
        await Assert.That(outcome.ErrorText).Contains("register 'a0' cannot be read, as the recording does not hold it");
        await Assert.That(outcome.Status).IsEqualTo(125);
    }

    private static async Task AssertSame(string[] plugins, params string[] guest)
    {
        using var scratch = new ScratchFolder();
        string[] reports = ["--report", "json", "--report-file"];
        Launch.Emu(["-p", $"record,outfile={scratch.File("run.rec")}", .. reports, scratch.File("live"), "-D", scratch.File("live.log"), .. Asked(plugins, scratch.File("live.out")), .. guest]).Run();
        var replayed = Launch.Emu(["--replay", scratch.File("run.rec"), .. reports, scratch.File("replayed"), "-D", scratch.File("replayed.log"), .. Asked(plugins, scratch.File("replayed.out"))]).Run();
        await Assert.That(replayed.ErrorText).IsEqualTo("");
        await Assert.That(await Reported(scratch.File("replayed"))).IsEqualTo(await Reported(scratch.File("live")));
        await Assert.That(File.ReadAllText(scratch.File("replayed.log"))).IsEqualTo(File.ReadAllText(scratch.File("live.log")));
        foreach (var name in scratch.Names.Where(static name => name.StartsWith("live.out", StringComparison.Ordinal)))
            await Assert.That(Written(scratch.File(name.Replace("live", "replayed", StringComparison.Ordinal)))).IsEqualTo(Written(scratch.File(name)));
    }

    private static IEnumerable<string> Asked(string[] plugins, string file) => plugins.SelectMany(plugin => (string[])["-p", plugin.Replace("@", file, StringComparison.Ordinal)]);

    /// <summary>What plugins have reported, but for the recorder.</summary>
    private static async Task<string> Reported(string file)
    {
        var report = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        report.Remove("emu");
        report.Remove("record");
        return report.ToJsonString();
    }

    /// <summary>A file's bytes as text, but for the number of the process, which Callgrind's files have.</summary>
    private static string Written(string file) =>
        string.Join('\n', System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)).Split('\n').Where(static line => !line.StartsWith("pid: ", StringComparison.Ordinal)));
}
