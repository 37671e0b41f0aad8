using Emu.Engine.Instrumentation.CommandLine;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Lifecycle;

/// <summary>What plugins provide to each other.</summary>
public class ServiceTests
{
    [Test]
    public async Task A_service_is_there_before_who_needs_it_and_goes_with_the_last()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        var user = machine.Install(new User());
        await Assert.That(Names(machine)).IsEquivalentTo((string[])["provider", "user"], CollectionOrdering.Matching);
        await Assert.That(machine.Plugins.Watching.Select(plugin => plugin.Name)).IsEquivalentTo(["user"]);
        machine.Run();
        await Assert.That(user.Seen).IsEquivalentTo((List<ulong>)[1UL, 2, 3, 4], CollectionOrdering.Matching).Because("the provider's callback comes first");
        machine.Plugins.TryWhileStopped(() => user.Host.Uninstall());
        await Assert.That(Names(machine)).IsEmpty();
    }

    [Test]
    public async Task A_provider_that_was_asked_for_stays_and_reports()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        var provider = machine.Install(new Provider());
        var user = machine.Install(new User());
        machine.Plugins.TryWhileStopped(() => user.Host.Uninstall());
        await Assert.That(Names(machine)).IsEquivalentTo(["provider"]);
        await Assert.That(provider.Ended).IsEquivalentTo([(Plugin)user]);
        await Assert.That(machine.Exit()).Contains("0 blocks");
    }

    [Test]
    public async Task A_provider_that_nobody_asked_for_reports_nothing()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        machine.Install(new User());
        machine.Run();
        await Assert.That(machine.Exit()).DoesNotContain("blocks");
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public async Task A_provider_does_not_go_before_who_needs_it()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        machine.Install(new User());
        var provider = machine.Plugins.Plugins[0];
        await Assert.That(() => machine.Plugins.Uninstall(provider.Id)).Throws<InvalidOperationException>()
            .WithMessage("plugin 'provider' provides what plugin 'user' needs, which must go first");
        await Assert.That(machine.Plugins.UsersOf(provider).Single().Name).IsEqualTo("user");
    }

    [Test]
    public async Task Who_refuses_takes_what_was_installed_for_it_along()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        await Assert.That(() => machine.Plugins.TryWhileStopped(() => machine.Install(new User { Refuses = true }))).Throws<PluginInstallException>();
        await Assert.That(Names(machine)).IsEmpty();
    }

    [Test]
    public async Task Who_does_not_say_that_it_needs_a_service_does_not_get_it()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        machine.Install(new Provider());
        var probe = machine.Install(new Probe());
        await Assert.That(() => probe.Host.Service<ITally>()).Throws<InvalidOperationException>()
            .WithMessage("plugin 'probe' does not say that it needs ITally: [Needs<ITally>] on its class does");
    }

    [Test]
    public async Task Nothing_is_installed_for_who_does_not_ask()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        var user = machine.Install(new User { IsContent = true });
        await Assert.That(Names(machine)).IsEquivalentTo(["user"]);
        await Assert.That(() => user.Host.Service<ITally>()).Throws<InvalidOperationException>().WithMessage("plugin 'user' asks for ITally too late: Install is where to ask first");
        await Assert.That(Names(machine)).IsEquivalentTo(["user"]);
    }

    [Test]
    public async Task Who_has_not_asked_does_not_keep_a_provider()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        machine.Install(new Provider());
        machine.Install(new User { IsContent = true });
        machine.Plugins.TryWhileStopped(() => machine.Plugins.Uninstall(machine.Plugins.Plugins[0].Id));
        await Assert.That(Names(machine)).IsEquivalentTo(["user"]);
    }

    [Test]
    public async Task Providers_come_before_users_in_whatever_order_they_are_named()
    {
        var chosen = PluginSelection.Parse(LinkedPlugins.Plugins, ["probe", "user", "provider"]).Plugins;
        await Assert.That(chosen.Select(plugin => plugin.Descriptor.Name)).IsEquivalentTo(["probe", "provider", "user"], CollectionOrdering.Matching);
    }

    private static string[] Names(TestMachine machine) => [.. machine.Plugins.Plugins.Select(plugin => plugin.Name)];
}
