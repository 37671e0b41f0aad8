using System.Text;
using System.Text.Json;
using Emu.Plugins.Tests.Machines;
using Assert = Xunit.Assert;

namespace Emu.Plugins.Tests.Reports;

public class ReportTests
{
    [Test]
    public void Text_is_what_the_plugin_wrote() => Assert.Equal("a head\nCPU3: 7 of ff, half\n\tpad   7|7   |\n", Text());

    [Test]
    public void Json_has_the_values_by_name()
    {
        using var json = JsonDocument.Parse(Json(Write));
        var plugin = json.RootElement.GetProperty("probe");
        var row = plugin.GetProperty("rows")[0];

        Assert.Equal(1, plugin.GetProperty("rows").GetArrayLength());
        Assert.Equal(3, row.GetProperty("cpu").GetInt32());
        Assert.Equal(7UL, row.GetProperty("blocks").GetUInt64());
        Assert.Equal("0xff", row.GetProperty("address").GetString());
        Assert.Equal("half", row.GetProperty("text").GetString());
        Assert.Equal(7, plugin.GetProperty("total").GetProperty("blocks").GetInt32());
        Assert.False(plugin.TryGetProperty("a head", out _));
    }

    [Test]
    public void Json_numbers_are_exact_and_odd_values_valid()
    {
        var text = Json(report =>
        {
            var (big, small, real, nan, flag, quoted) = (ulong.MaxValue, long.MinValue, 0.1, double.NaN, true, "\"\n\\");
            report.Line("odd", $"{big} {small} {real:f1} {nan} {flag} {quoted}");
        });
        using var json = JsonDocument.Parse(text);
        var odd = json.RootElement.GetProperty("probe").GetProperty("odd");

        Assert.Equal(ulong.MaxValue, odd.GetProperty("big").GetUInt64());
        Assert.Equal(long.MinValue, odd.GetProperty("small").GetInt64());
        Assert.Equal(0.1, odd.GetProperty("real").GetDouble());
        Assert.Equal(JsonValueKind.Null, odd.GetProperty("nan").ValueKind);
        Assert.True(odd.GetProperty("flag").GetBoolean());
        Assert.Equal("\"\n\\", odd.GetProperty("quoted").GetString());
    }

    [Test]
    public void Json_of_no_plugin_is_an_empty_object()
    {
        using var machine = new TestMachine();
        using var output = new MemoryStream();
        machine.Plugins.Exit(new JsonReportWriter(output));
        Assert.Equal("{}\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Test]
    public void R57_lines_of_different_threads_do_not_mix_and_come_in_order()
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
        Assert.Equal(4, byThread.Count);
        Assert.All(byThread, lines => Assert.Equal(byThread[0], lines));
        Assert.All(byThread, lines => Assert.Equal(200 + Programs.LoopOverhead, lines.Count()));
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
