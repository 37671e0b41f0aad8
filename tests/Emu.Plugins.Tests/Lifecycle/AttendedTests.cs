using System.Text;
using Emu.Engine.Instrumentation;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Lifecycle;

public class AttendedTests
{
    private const int VCpus = 4;
    private const int Rounds = 50;

    [Test]
    public async Task E4_a_plugin_counts_from_the_next_block_of_every_vCPU_and_is_gone_at_once()
    {
        using var machine = new TestMachine(Programs.RoundsUntilTold, new());
        var runs = Enumerable.Range(0, VCpus).Select(_ => machine.Start()).ToArray();
        // The last one that is not told of in between runs all the time.
        var steady = Attend(machine, () => machine.Install(new TwoWays()));
        for (var round = 0; round < Rounds; round++)
        {
            var (plugin, instance) = Attend(machine, () =>
            {
                var made = new TwoWays();
                return (made, machine.Instance(made));
            });
            var (before, since) = (steady.Counts.Inline, default((ulong, ulong)));
            while (steady.Counts.Inline == before)
                Thread.Yield();
            // Counted by all vCPUs at the same places, so the sums agree wherever they were stopped.
            Attend(machine, () => since = plugin.Counts);
            var isGone = false;
            Attend(machine, () => machine.Plugins.Uninstall(instance.Id, () => isGone = true));
            await Assert.That(isGone).IsTrue();
            await Assert.That(since.Item1).IsEqualTo(since.Item2);
            await Assert.That(machine.Plugins.Plugins.Select(static other => other.Name)).IsEquivalentTo(["two-ways"], CollectionOrdering.Matching);
        }

        await Assert.That(machine.Memory.TryWrite(TestMachine.Data, 1UL)).IsTrue();
        await Task.WhenAll(runs);
        await Assert.That(steady.Counts.Inline).IsEqualTo(steady.Counts.Callback).And.IsGreaterThan(0UL);
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public async Task E4_results_so_far_are_told_as_often_as_they_are_asked_for()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var order = new List<string>();
        foreach (var name in (string[])["first", "second"])
            machine.Install(new Probe
            {
                Reporting = report =>
                {
                    order.Add($"{name} report");
                    report.Heading(name);
                },
                Exiting = _ => order.Add($"{name} exit"),
            });
        machine.Install(new TwoWays());
        machine.Run();
        await Assert.That(ReportOf(machine)).IsEqualTo("first\nsecond\n");
        await Assert.That(ReportOf(machine, machine.Plugins.Plugins[1])).IsEqualTo("second\n");
        machine.Exit();
        await Assert.That(order).IsEquivalentTo(
            ["first report", "second report", "second report", "first report", "first exit", "second report", "second exit"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task E4_a_plugin_that_throws_in_a_report_is_disabled_and_named_in_it()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        machine.Install(new Probe { Reporting = _ => throw new InvalidOperationException("no results") });
        machine.Install(new Probe { Reporting = static report => report.Heading("well") });
        using var json = new MemoryStream();
        Attend(machine, () => machine.Plugins.ReportSoFar(new JsonReportWriter(json)));
        await Assert.That(Encoding.UTF8.GetString(json.ToArray())).Contains("\"error\": \"InvalidOperationException: no results\"");
        await Assert.That(ReportOf(machine)).IsEqualTo("well\n");
        await Assert.That(machine.Plugins.Plugins[0].HasFailed).IsTrue();
        await Assert.That(machine.Plugins.Failures.Count).IsEqualTo(1);
    }

    [Test]
    public async Task E4_once_the_guest_has_ended_nothing_is_changed_any_more()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        machine.Run();
        machine.Exit();
        await Assert.That(machine.Plugins.TryWhileStopped(() => throw new InvalidOperationException("it came too late"))).IsFalse();
    }

    private static string ReportOf(TestMachine machine, PluginInstance? only = null)
    {
        using var text = new StringWriter();
        Attend(machine, () => machine.Plugins.ReportSoFar(new TextReportWriter(text), only));
        return text.ToString();
    }

    private static void Attend(TestMachine machine, Action action)
    {
        if (!machine.Plugins.TryWhileStopped(action))
            throw new InvalidOperationException("the guest has ended");
    }

    private static T Attend<T>(TestMachine machine, Func<T> action)
    {
        T result = default!;
        Attend(machine, () => { result = action(); });
        return result;
    }
}
