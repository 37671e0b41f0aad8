using Emu.Plugins.Tests.Machines;
using Assert = Xunit.Assert;

namespace Emu.Plugins.Tests.Lifecycle;

public class ResetTests
{
    [Test]
    public void R71_after_reset_nothing_comes_until_the_plugin_registers_anew()
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

        Assert.True(atReset >= 100);
        Assert.Equal(atReset, atCall);
        Assert.Equal(atCall + 2000 + 2 + 2, executions);
        Assert.Equal(PluginEvents.Translate, probe.Host.Subscriptions);
        Assert.Equal("", machine.Exit());
        Assert.Empty(machine.Log);
    }

    [Test]
    public void R71_also_in_done_itself()
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
        Assert.Equal(2000 + Programs.LoopOverhead, executions);
    }

    [Test]
    public void R71_reset_keeps_the_plugin_and_its_scoreboards()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var probe = machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>() });
        probe.Counts![0] = 5;
        var done = new ManualResetEventSlim();
        probe.Host.Reset(done.Set);
        done.Wait(TestContext.Current!.Execution.CancellationToken);
        Assert.Equal(5UL, probe.Counts.Entry().Sum());
        Assert.Single(machine.Plugins.Plugins);
        Assert.Equal(PluginEvents.None, probe.Host.Subscriptions);
    }

    [Test]
    public void R71_reset_then_uninstall_in_done_as_QEMUs_reset_plugin_does()
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
        Assert.Equal(["asked", "reset done", "uninstall done"], order);
        Assert.Empty(machine.Plugins.Plugins);
    }

    [Test]
    public void R71_reset_while_uninstalling_is_an_error()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        Exception? error = null;
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Starting = _ =>
            {
                probe.Host.Uninstall();
                error = Assert.Throws<InvalidOperationException>(() => probe.Host.Reset());
            },
        });
        machine.Run();
        Assert.NotNull(error);
    }
}
