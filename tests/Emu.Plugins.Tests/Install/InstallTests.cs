using Emu.Plugins.Tests.Machines;
using Assert = Xunit.Assert;

namespace Emu.Plugins.Tests.Install;

public class InstallTests
{
    [Test]
    public void R2_ids_are_unguessable_and_a_dead_id_is_refused()
    {
        using var machine = new TestMachine();
        var ids = Enumerable.Range(0, 8).Select(_ => machine.Instance(new Probe()).Id).ToArray();
        Assert.Equal(8, ids.Distinct().Count());

        var done = new ManualResetEventSlim();
        machine.Plugins.Uninstall(ids[0], done.Set);
        done.Wait(TestContext.Current!.Execution.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => machine.Plugins.Uninstall(ids[0]));
        Assert.Throws<InvalidOperationException>(() => machine.Plugins.Reset(ids[0]));
        Assert.Throws<InvalidOperationException>(() => machine.Plugins.Uninstall(new PluginId(Guid.NewGuid())));
        Assert.Equal(ids[1..], machine.Plugins.Plugins.Select(plugin => plugin.Id));
    }

    [Test]
    public void R7_install_gets_the_guest_info()
    {
        using var machine = new TestMachine();
        GuestInfo seen = default;
        machine.Install(new Probe { Installing = (Probe _, in GuestInfo guest) => seen = guest });

        Assert.Equal("riscv64", seen.TargetName);
        Assert.Equal("/program", seen.ProgramPath);
        Assert.Equal((TestMachine.Code, TestMachine.Code + 4096, TestMachine.Code), (seen.StartCode, seen.EndCode, seen.EntryCode));
        Assert.Equal((1, 0), (seen.VCpus, seen.MaxVCpus));
        Assert.Equal(PluginApi.Version, seen.ApiVersion);
        Assert.Equal(PluginApi.MinVersion, seen.MinApiVersion);
        Assert.False(seen.IsSystem);
        Assert.Contains(("load", "Loads"), seen.InstructionClasses);
    }

    [Test]
    public void R8_a_refused_install_leaves_nothing_and_names_the_plugin()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        Scoreboard<ulong>? board = null;
        var refusing = new Probe
        {
            Installing = (Probe probe, in GuestInfo _) =>
            {
                board = probe.Host.NewScoreboard<ulong>();
                throw new PluginInstallException("needs a full machine");
            },
            Translating = (_, _) => Assert.Fail("the plugin was refused"),
        };

        var error = Assert.Throws<PluginInstallException>(() => machine.Install(refusing));

        Assert.Equal("plugin 'probe': needs a full machine", error.Message);
        Assert.Empty(machine.Plugins.Plugins);
        Assert.Throws<ObjectDisposedException>(() => board!.Entry().Sum());
        machine.Run();
        Assert.Empty(machine.Log);
    }

    [Test]
    public void R8_an_install_that_throws_anything_else_is_refused_too()
    {
        using var machine = new TestMachine();
        var error = Assert.Throws<PluginInstallException>(() =>
            machine.Install(new Probe { Installing = (Probe _, in GuestInfo _) => throw new FormatException("two\nlines") }));

        Assert.Equal("plugin 'probe': FormatException: two lines", error.Message);
    }

    [Test]
    public void R9_plugins_are_installed_before_any_vCPU_runs()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var order = new List<string>();
        machine.Install(new Probe
        {
            Installing = (Probe _, in GuestInfo _) => order.Add("install"),
            Starting = _ => order.Add("init"),
            Translating = (_, _) => order.Add("translate"),
        });
        machine.Run();

        Assert.Equal(["install", "init", "translate"], order.Distinct());
    }

    [Test]
    public void R10_uninstall_and_reset_from_install_are_errors()
    {
        using var machine = new TestMachine();
        machine.Install(new Probe
        {
            Installing = (Probe probe, in GuestInfo _) =>
            {
                Assert.Throws<InvalidOperationException>(() => probe.Host.Uninstall());
                Assert.Throws<InvalidOperationException>(() => probe.Host.Reset());
            },
        });

        Assert.Single(machine.Plugins.Plugins);
    }

    [Test]
    public void A_plugin_has_no_host_before_install() => Assert.Throws<InvalidOperationException>(() => new Probe().Host);
}
