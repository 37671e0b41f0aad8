using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>Plugins <c>branches</c>, <c>cflow</c>, <c>calls</c>, <c>shadowstack</c> and <c>uftrace</c>, judged by the log of all instructions and by the tools that read what they write.</summary>
public sealed partial class ControlFlowTests
{
    private const string Guest = "bin/sort";

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task Branches_are_taken_as_often_as_the_log_says(string backend)
    {
        var log = ExecutedLog.Of(Guest);
        var expected = new SortedDictionary<ulong, (int Executed, int Taken)>();
        for (var i = 0; i < log.Executed.Count - 1; i++)
        {
            var (address, text) = log.Executed[i];
            if (text[0] != 'b')
                continue;
            var (executed, taken) = expected.GetValueOrDefault(address);
            // Every branch of this guest goes further than 4 bytes.
            expected[address] = (executed + 1, taken + (log.Executed[i + 1].Address - address is 2 or 4 ? 0 : 1));
        }

        var branches = Report("--backend", backend, "-p", "branches,limit=1000", Guest).GetProperty("branches").GetProperty("branches").EnumerateArray()
            .ToDictionary(static row => Hex(row.GetProperty("address")), static row => (row.GetProperty("hits").GetInt32(), row.GetProperty("taken").GetInt32()));
        await Assert.That(branches.OrderBy(static branch => branch.Key)).IsEquivalentTo(expected.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value)));
        await Assert.That(expected.Count).IsGreaterThan(15);
    }

    [Test]
    public async Task Returns_go_back_to_behind_calls()
    {
        var log = ExecutedLog.Of(Guest);
        var expected = new Dictionary<(ulong, ulong), int>();
        for (var i = 0; i < log.Executed.Count - 1; i++)
            if (log.Executed[i].Text == "ret")
                expected[(log.Executed[i].Address, log.Executed[i + 1].Address)] = expected.GetValueOrDefault((log.Executed[i].Address, log.Executed[i + 1].Address)) + 1;
        var targets = Report("-p", "branches,returns,limit=1000,targets=1000", Guest).GetProperty("branches").GetProperty("targets").EnumerateArray()
            .ToDictionary(static row => (Hex(row.GetProperty("from")), Hex(row.GetProperty("to"))), static row => row.GetProperty("times").GetInt32());
        await Assert.That(targets).IsEquivalentTo(expected);
    }

    [Test]
    public async Task Cflow_tells_of_instructions_that_failed()
    {
        var outcome = Launch.Emu("-p", "cflow,sort=early", "bin/signals").Run();
        await Assert.That(outcome.ErrorText).Matches(@"(?m)^  addr: 0x[0-9a-f]+ [a-z_]*:  \(sync fault\)\n    early exits 1\n    branches 1\n      to 0x[0-9a-f]+ \(1\)$");
        await Assert.That(Launch.Emu("-p", "cflow", Guest).Run().ErrorText).Matches(@"(?m)^  addr: 0x10250 checksum: bnez a5,0x10242 \(branch\)\n    branches 7000\n      to 0x10242 \(7000\)$");
    }

    [Test]
    public async Task Callgrind_annotate_reads_calls_and_finds_what_the_log_says()
    {
        using var scratch = new ScratchFolder();
        var log = ExecutedLog.Of(Guest);
        var report = Report("-p", $"calls,limit=1000,outfile={scratch.File("callgrind")}", Guest).GetProperty("calls");
        var functions = report.GetProperty("functions").EnumerateArray().ToDictionary(static row => row.GetProperty("function").GetString()!);
        foreach (var (function, calls) in log.Calls())
            await Assert.That(functions[function].GetProperty("calls").GetInt32()).IsEqualTo(calls).Because(function);
        foreach (var own in log.Executed.GroupBy(executed => log.FunctionAt(executed.Address)).Where(group => group.Key != "_start"))
            await Assert.That(functions[own.Key].GetProperty("own").GetInt32()).IsEqualTo(own.Count()).Because(own.Key);

        var annotated = Launch.Tool("callgrind_annotate", "--threshold=100", scratch.File("callgrind")).Run();
        Skip.When(annotated.Status == 127, "callgrind_annotate is not installed: package valgrind");
        await Assert.That(annotated.Status).IsEqualTo(0).Because(annotated.ErrorText);
        foreach (Match line in Annotated().Matches(annotated.OutputText))
            await Assert.That(long.Parse(line.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).IsEqualTo(functions[line.Groups[2].Value].GetProperty("own").GetInt64());
        await Assert.That(Annotated().Count(annotated.OutputText)).IsGreaterThan(5);
        await Assert.That(annotated.OutputText).Contains($"{log.Executed.Count.ToString("N0", CultureInfo.InvariantCulture)} (100.0%)  PROGRAM TOTALS");
    }

    [Test]
    public async Task Uftrace_reads_the_folder_and_finds_the_calls_that_the_log_has()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"uftrace,outdir={scratch.File("data")}", Guest).Run();
        var report = Launch.Tool("uftrace", "report", "--no-pager", "-d", scratch.File("data"), "-f", "call").Run();
        Skip.When(report.Status == 127, "uftrace is not installed: package uftrace");
        var calls = UftraceRow().Matches(report.OutputText).ToDictionary(static row => row.Groups[2].Value, static row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture));
        foreach (var (function, count) in ExecutedLog.Of(Guest).Calls())
            await Assert.That(calls.GetValueOrDefault(function)).IsEqualTo(count).Because(report.OutputText + report.ErrorText);
    }

    [Test]
    public async Task Threads_have_stacks_of_their_own_and_every_instruction_is_in_one()
    {
        var report = Report("-p", "insn", "-p", "calls", "-p", "shadowstack", "bin/litmus");
        await Assert.That(report.GetProperty("calls").GetProperty("total").GetProperty("total").GetInt64()).IsEqualTo(report.GetProperty("insn").GetProperty("total").GetProperty("insns").GetInt64());
        await Assert.That(report.GetProperty("shadowstack").GetProperty("deepest").GetProperty("deepest").GetInt32()).IsGreaterThan(3);
    }

    [Test]
    public async Task A_folder_that_is_not_uftraces_stays_as_it_is()
    {
        using var scratch = new ScratchFolder();
        File.WriteAllText(scratch.File("kept"), "mine");
        var folder = Path.GetDirectoryName(scratch.File("kept"))!;
        var outcome = Launch.Emu("-p", $"uftrace,outdir={folder}", Guest).Run();
        await Assert.That(outcome.Status).IsNotEqualTo(0);
        await Assert.That(outcome.ErrorText).Contains($"the folder '{folder}' is not empty and not one of uftrace");
        await Assert.That(File.ReadAllText(scratch.File("kept"))).IsEqualTo("mine");
    }

    private static JsonElement Report(params string[] arguments)
    {
        using var scratch = new ScratchFolder();
        Launch.Emu(["--report", "json", "--report-file", scratch.File("report"), .. arguments]).Run();
        return JsonDocument.Parse(File.ReadAllText(scratch.File("report"))).RootElement;
    }

    private static ulong Hex(JsonElement value) => Convert.ToUInt64(value.GetString(), 16);

    [GeneratedRegex(@"(?m)^ *([0-9,]+) \([ 0-9.]+%\)  [^:\n]*:([a-z_]+) \[")]
    private static partial Regex Annotated();

    [GeneratedRegex(@"(?m)^ +([0-9]+)  (\S+)$")]
    private static partial Regex UftraceRow();
}
