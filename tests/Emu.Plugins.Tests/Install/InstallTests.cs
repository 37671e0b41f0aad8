using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Install;

public class InstallTests
{
    [Test]
    public async Task R2_ids_are_unguessable_and_a_dead_id_is_refused()
    {
        using var machine = new TestMachine();
        var ids = Enumerable.Range(0, 8).Select(_ => machine.Instance(new Probe()).Id).ToArray();
        await Assert.That(ids.Distinct().Count()).IsEqualTo(8);

        var done = new ManualResetEventSlim();
        machine.Plugins.Uninstall(ids[0], done.Set);
        done.Wait(TestContext.Current!.Execution.CancellationToken);

        Assert.ThrowsExactly<InvalidOperationException>(() => machine.Plugins.Uninstall(ids[0]));
        Assert.ThrowsExactly<InvalidOperationException>(() => machine.Plugins.Reset(ids[0]));
        Assert.ThrowsExactly<InvalidOperationException>(() => machine.Plugins.Uninstall(new PluginId(Guid.NewGuid())));
        await Assert.That(machine.Plugins.Plugins.Select(plugin => plugin.Id)).IsEquivalentTo(ids[1..], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R7_install_gets_the_guest_info()
    {
        using var machine = new TestMachine();
        GuestInfo seen = default;
        machine.Install(new Probe { Installing = (Probe _, in GuestInfo guest) => seen = guest });

        await Assert.That(seen.TargetName).IsEqualTo("riscv64");
        await Assert.That(seen.ProgramPath).IsEqualTo("/program");
        await Assert.That((seen.StartCode, seen.EndCode, seen.EntryCode)).IsEqualTo((TestMachine.Code, TestMachine.Code + 4096, TestMachine.Code));
        await Assert.That((seen.VCpus, seen.MaxVCpus)).IsEqualTo((1, 0));
        await Assert.That(seen.ApiVersion).IsEqualTo(PluginApi.Version);
        await Assert.That(seen.MinApiVersion).IsEqualTo(PluginApi.MinVersion);
        await Assert.That(seen.IsSystem).IsFalse();
        await Assert.That(seen.InstructionClasses).Contains(("load", "Loads"));
    }

    [Test]
    public async Task R8_a_refused_install_leaves_nothing_and_names_the_plugin()
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

        var error = Assert.ThrowsExactly<PluginInstallException>(() => machine.Install(refusing));

        await Assert.That(error.Message).IsEqualTo("plugin 'probe': needs a full machine");
        await Assert.That(machine.Plugins.Plugins).IsEmpty();
        Assert.ThrowsExactly<ObjectDisposedException>(() => board!.Entry().Sum());
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public async Task R8_an_install_that_throws_anything_else_is_refused_too()
    {
        using var machine = new TestMachine();
        var error = Assert.ThrowsExactly<PluginInstallException>(() =>
            machine.Install(new Probe { Installing = (Probe _, in GuestInfo _) => throw new FormatException("two\nlines") }));

        await Assert.That(error.Message).IsEqualTo("plugin 'probe': FormatException: two lines");
    }

    [Test]
    public async Task R9_plugins_are_installed_before_any_vCPU_runs()
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

        await Assert.That(order.Distinct()).IsEquivalentTo(["install", "init", "translate"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R10_uninstall_and_reset_from_install_are_errors()
    {
        using var machine = new TestMachine();
        machine.Install(new Probe
        {
            Installing = (Probe probe, in GuestInfo _) =>
            {
                Assert.ThrowsExactly<InvalidOperationException>(() => probe.Host.Uninstall());
                Assert.ThrowsExactly<InvalidOperationException>(() => probe.Host.Reset());
            },
        });

        await Assert.That(machine.Plugins.Plugins).HasSingleItem();
    }

    [Test]
    public void A_plugin_has_no_host_before_install() => Assert.ThrowsExactly<InvalidOperationException>(() => _ = new Probe().Host);
}
