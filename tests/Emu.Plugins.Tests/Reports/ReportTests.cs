using System.Text;
using System.Text.Json;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Reports;

public class ReportTests
{
    [Test]
    public async Task Text_is_what_the_plugin_wrote() => await Assert.That(Text()).IsEqualTo("a head\nCPU3: 7 of ff, half\n\tpad   7|7   |\n");

    [Test]
    public async Task Json_has_the_values_by_name()
    {
        using var json = JsonDocument.Parse(Json(Write));
        var plugin = json.RootElement.GetProperty("probe");
        var row = plugin.GetProperty("rows")[0];

        await Assert.That(plugin.GetProperty("rows").GetArrayLength()).IsEqualTo(1);
        await Assert.That(row.GetProperty("cpu").GetInt32()).IsEqualTo(3);
        await Assert.That(row.GetProperty("blocks").GetUInt64()).IsEqualTo(7UL);
        await Assert.That(row.GetProperty("address").GetString()).IsEqualTo("0xff");
        await Assert.That(row.GetProperty("text").GetString()).IsEqualTo("half");
        await Assert.That(plugin.GetProperty("total").GetProperty("blocks").GetInt32()).IsEqualTo(7);
        await Assert.That(plugin.TryGetProperty("a head", out _)).IsFalse();
    }

    [Test]
    public async Task Csv_has_a_block_for_each_line_and_table()
    {
        using var machine = new TestMachine(static _ => { });
        machine.Install(new Probe
        {
            Exiting = static report =>
            {
                report.Heading("a head");
                for (var cpu = 0; cpu < 2; cpu++)
                    report.Row("rows", $"CPU{cpu}: {0xffUL:x} {"a, \"b\""}");
                var blocks = 7;
                report.Line("total", $"{blocks}");
            },
        });
        machine.Run();
        using var text = new StringWriter();
        machine.Plugins.Exit(new CsvReportWriter(text));
        var lines = text.ToString().Split('\n');
        await Assert.That(lines[0]).StartsWith("plugin,table,cpu,");
        await Assert.That(lines[1..]).IsEquivalentTo(["probe,rows,0,0xff,\"a, \"\"b\"\"\"", "probe,rows,1,0xff,\"a, \"\"b\"\"\"", "", "plugin,table,blocks", "probe,total,7", ""], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Json_numbers_are_exact_and_odd_values_valid()
    {
        var text = Json(report =>
        {
            var (big, small, real, nan, flag, quoted) = (ulong.MaxValue, long.MinValue, 0.1, double.NaN, true, "\"\n\\");
            report.Line("odd", $"{big} {small} {real:f1} {nan} {flag} {quoted}");
        });
        using var json = JsonDocument.Parse(text);
        var odd = json.RootElement.GetProperty("probe").GetProperty("odd");

        await Assert.That(odd.GetProperty("big").GetUInt64()).IsEqualTo(ulong.MaxValue);
        await Assert.That(odd.GetProperty("small").GetInt64()).IsEqualTo(long.MinValue);
        await Assert.That(odd.GetProperty("real").GetDouble()).IsEqualTo(0.1);
        await Assert.That(odd.GetProperty("nan").ValueKind).IsEqualTo(JsonValueKind.Null);
        await Assert.That(odd.GetProperty("flag").GetBoolean()).IsTrue();
        await Assert.That(odd.GetProperty("quoted").GetString()).IsEqualTo("\"\n\\");
    }

    [Test]
    public async Task Json_of_no_plugin_is_an_empty_object()
    {
        using var machine = new TestMachine();
        using var output = new MemoryStream();
        machine.Plugins.Exit(new JsonReportWriter(output));
        await Assert.That(Encoding.UTF8.GetString(output.ToArray())).IsEqualTo("{}\n");
    }

    [Test]
    public async Task R57_lines_of_different_threads_do_not_mix_and_come_in_order()
    {
        using var machine = new TestMachine(Programs.Loop(100));
        machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (vcpu, index) => machine.Plugins.Plugins[0].Log($"{vcpu.ThreadId} {index}"),
        });
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() => machine.Run())).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        var byThread = machine.Log.Select(line => line.Split(' ')).GroupBy(parts => parts[0], parts => parts[1]).ToList();
        await Assert.That(byThread.Count).IsEqualTo(4);
        foreach (var lines in byThread)
            await Assert.That(lines).IsEquivalentTo(byThread[0], CollectionOrdering.Matching);
        foreach (var lines in byThread)
            await Assert.That(lines.Count()).IsEqualTo(200 + Programs.LoopOverhead);
    }

    private static void Write(ReportWriter report)
    {
        var (cpu, counts, address, text) = (3, new { Blocks = 7UL }, 0xffUL, "half");
        report.Heading("a head");
        report.Row("rows", $"CPU{cpu}: {counts.Blocks} of {address:x}, {text}");
        var blocks = 7;
        report.Line("total", $"\tpad {blocks,3}|{blocks,-4}|");
    }

    private static string Text()
    {
        using var machine = new TestMachine();
        machine.Install(new Probe { Exiting = Write });
        return machine.Exit();
    }

    private static string Json(Action<ReportWriter> write)
    {
        using var machine = new TestMachine();
        machine.Install(new Probe { Exiting = write });
        using var output = new MemoryStream();
        machine.Plugins.Exit(new JsonReportWriter(output));
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
