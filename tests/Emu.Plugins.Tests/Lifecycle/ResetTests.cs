using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Lifecycle;

public class ResetTests
{
    [Test]
    public async Task R71_after_reset_nothing_comes_until_the_plugin_registers_anew()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1000));
        var (executions, atReset, atCall) = (0, -1, -1);
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                if (++executions == 100)
                    probe.Host.Reset(() => atReset = executions);
            },
            Ending = _ => Assert.Fail("reset"),
            Exiting = _ => Assert.Fail("reset"),
        });
        machine.System.Syscall = (_, _) =>
        {
            atCall = executions;
            probe.Host.Subscribe(PluginEvents.Translate);
        };
        machine.Run();

        await Assert.That(atReset >= 100).IsTrue();
        await Assert.That(atCall).IsEqualTo(atReset);
        await Assert.That(executions).IsEqualTo(atCall + 2000 + 2 + 2);
        await Assert.That(probe.Host.Subscriptions).IsEqualTo(PluginEvents.Translate);
        await Assert.That(machine.Exit()).IsEqualTo("");
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public async Task R71_also_in_done_itself()
    {
        using var machine = new TestMachine(Programs.Loop(1000));
        var executions = 0;
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                if (++executions == 100)
                    probe.Host.Reset(() => probe.Host.Subscribe(PluginEvents.Translate));
            },
        });
        machine.Run();

        // Reset and subscription happen between two blocks, so not one execution is lost.
        await Assert.That(executions).IsEqualTo(2000 + Programs.LoopOverhead);
    }

    [Test]
    public async Task R71_reset_keeps_the_plugin_and_its_scoreboards()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var probe = machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>() });
        probe.Counts![0] = 5;
        var done = new ManualResetEventSlim();
        probe.Host.Reset(done.Set);
        done.Wait(TestContext.Current!.Execution.CancellationToken);
        await Assert.That(probe.Counts.Entry().Sum()).IsEqualTo(5UL);
        await Assert.That(machine.Plugins.Plugins).HasSingleItem();
        await Assert.That(probe.Host.Subscriptions).IsEqualTo(PluginEvents.None);
    }

    [Test]
    public async Task R71_reset_then_uninstall_in_done_as_QEMUs_reset_plugin_does()
    {
        using var machine = new TestMachine(Programs.Loop(1000));
        var order = new List<string>();
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                if (order.Count > 0)
                    return;
                order.Add("asked");
                probe.Host.Reset(() =>
                {
                    order.Add("reset done");
                    probe.Host.Uninstall(() => order.Add("uninstall done"));
                });
            },
        });
        machine.Run();
        await Assert.That(order).IsEquivalentTo(["asked", "reset done", "uninstall done"], CollectionOrdering.Matching);
        await Assert.That(machine.Plugins.Plugins).IsEmpty();
    }

    [Test]
    public async Task R71_reset_while_uninstalling_is_an_error()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        Exception? error = null;
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Starting = _ =>
            {
                probe.Host.Uninstall();
                error = Assert.ThrowsExactly<InvalidOperationException>(() => probe.Host.Reset());
            },
        });
        machine.Run();
        await Assert.That(error).IsNotNull();
    }
}
