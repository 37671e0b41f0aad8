using System.Text.Json;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Lifecycle;

/// <summary>A plugin that throws: who is told, and what its report says.</summary>
public sealed class FailureReportTests
{
    [Test]
    public async Task Failures_are_listed_and_are_errors_in_the_JSON()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        machine.Install(new Probe
        {
            Translating = static (_, block) => Probe.OnExecute(block),
            Executing = static (_, _) => throw new InvalidOperationException("no more"),
        });
        machine.InstallNamed("insn");
        machine.Run();
        await Assert.That(machine.Plugins.Failures.Select(static failure => (failure.Plugin, failure.Reason))).IsEquivalentTo([("probe", "InvalidOperationException: no more")]);
        using var report = JsonDocument.Parse(Json(machine));
        await Assert.That(report.RootElement.GetProperty("probe").GetProperty("error").GetString()).IsEqualTo("InvalidOperationException: no more");
        await Assert.That(report.RootElement.GetProperty("insn").TryGetProperty("error", out _)).IsFalse();
    }

    [Test]
    public async Task A_report_that_breaks_off_keeps_what_it_has_and_is_an_error()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        machine.Install(new Probe
        {
            Exiting = static report =>
            {
                var half = 1;
                report.Line("half", $"{half}");
                throw new InvalidOperationException("no more");
            },
        });
        machine.Run();
        using var report = JsonDocument.Parse(Json(machine));
        await Assert.That(report.RootElement.GetProperty("probe").GetProperty("half").GetProperty("half").GetInt32()).IsEqualTo(1);
        await Assert.That(report.RootElement.GetProperty("probe").GetProperty("error").GetString()).IsEqualTo("InvalidOperationException: no more");
    }

    private static byte[] Json(TestMachine machine)
    {
        using var bytes = new MemoryStream();
        machine.Plugins.Exit(new JsonReportWriter(bytes));
        return bytes.ToArray();
    }
}
