using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Registration;

/// <summary>What the operating system tells of the process: who hears it, and what becomes of one that throws. What Linux tells is tested on the native file.</summary>
public sealed class ProcessEventTests
{
    private const PluginEvents Waits = PluginEvents.VCpuIdle | PluginEvents.VCpuResume;

    [Test]
    public async Task R25_who_subscribes_while_a_vCPU_waits_is_not_told_that_it_goes_on()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        var (first, late) = (new List<string>(), new List<string>());
        machine.Install(new Probe { Idling = _ => first.Add("idle"), Resuming = _ => first.Add("resume") });
        var probe = machine.Install(new Probe { Idling = _ => late.Add("idle"), Resuming = _ => late.Add("resume") });
        probe.Host.Unsubscribe(Waits);
        machine.System.Syscall = (vcpu, _) =>
        {
            for (var i = 0; i < 2; i++)
            {
                machine.Plugins.VCpuIdle(vcpu);
                probe.Host.Subscribe(Waits);
                machine.Plugins.VCpuResumed(vcpu);
            }
        };
        machine.Run();
        await Assert.That(first).IsEquivalentTo(["idle", "resume", "idle", "resume"], CollectionOrdering.Matching);
        await Assert.That(late).IsEquivalentTo(["idle", "resume"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R25_a_vCPU_that_waits_when_the_guest_ends_is_resumed_before_its_end()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        var order = new List<string>();
        machine.Install(new Probe { Idling = _ => order.Add("idle"), Resuming = _ => order.Add("resume"), Ending = _ => order.Add("end") });
        machine.System.Syscall = (vcpu, _) =>
        {
            machine.Plugins.VCpuIdle(vcpu);
            machine.Exit();
            machine.Plugins.VCpuResumed(vcpu);
        };
        machine.Run();
        await Assert.That(order).IsEquivalentTo(["idle", "resume", "end"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R16_events_of_the_process_are_watched_only_while_somebody_listens()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        await Assert.That(machine.Plugins.Watches(PluginEvents.MapChange)).IsFalse();
        machine.InstallNamed("events,only=signals");
        await Assert.That(machine.Plugins.Watches(PluginEvents.Discontinuity)).IsTrue();
        await Assert.That(machine.Plugins.Watches(PluginEvents.MapChange | PluginEvents.ModuleLoad | PluginEvents.Fork | PluginEvents.Exec)).IsFalse();
    }

    [Test]
    public async Task E5_and_E6_what_the_system_says_is_told_as_it_says_it()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        machine.InstallNamed("events,only=maps,only=signals,only=processes");
        var begun = 0;
        machine.System.Syscall = (vcpu, _) =>
        {
            begun = machine.Log.Count;
            machine.Plugins.Mapped(vcpu, TestMachine.Data, TestMachine.Data + 0x2000);
            machine.Plugins.MapChanged(vcpu, new MapChange { Kind = MapChangeKind.Unmap, Start = 0x5000, End = 0x6000 });
            machine.Plugins.Discontinued(vcpu, new Discontinuity(DiscontinuityKind.Exception, 0x10, 0x20, 11));
            machine.Plugins.Discontinued(vcpu, new Discontinuity(DiscontinuityKind.Return, 0x24, 0x14, 0));
            machine.Plugins.Forked(vcpu, new Fork(IsChild: false, 77, SharesMemory: true));
            machine.Plugins.Executing(vcpu, "/bin/true", ["true", "x"]);
        };
        machine.Run();
        // Before them, what was mapped when the first vCPU started: code and data.
        await Assert.That(machine.Log.Take(begun)).IsEquivalentTo(["thread 1: map 10000-20000 rwxp 0", "thread 1: map 40000-50000 rw-p 0"], CollectionOrdering.Matching);
        await Assert.That(machine.Log.Skip(begun)).IsEquivalentTo([
                "thread 1: map 40000-42000 rw-p 0",
                "thread 1: unmap 5000-6000",
                "thread 1: exception 11 from 0x10 to 0x20",
                "thread 1: return from 0x24 to 0x14",
                "thread 1: fork of 77 in the same memory",
                "thread 1: exec /bin/true true x",
            ], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R17_a_plugin_that_throws_in_such_an_event_is_disabled_and_the_others_are_told()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        var told = 0;
        machine.Install(new Probe { Happening = static () => throw new InvalidOperationException("no more") });
        machine.Install(new Probe { Happening = () => told++ });
        machine.System.Syscall = (vcpu, _) =>
        {
            machine.Plugins.MapChanged(vcpu, default);
            machine.Plugins.Forked(vcpu, default);
        };
        machine.Run();
        // Two ranges are there from the start.
        await Assert.That(told).IsEqualTo(4);
        await Assert.That(machine.Plugins.Failures).Count().IsEqualTo(1);
    }

    [Test]
    public async Task Traps_counts_by_vCPU()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(1));
        machine.InstallNamed("traps");
        machine.System.Syscall = (vcpu, _) =>
        {
            machine.Plugins.Discontinued(vcpu, new Discontinuity(DiscontinuityKind.Exception, 0x10, 0x20, 11));
            machine.Plugins.Discontinued(vcpu, new Discontinuity(DiscontinuityKind.Interrupt, 0x10, 0x20, 2));
            machine.Plugins.Discontinued(vcpu, new Discontinuity(DiscontinuityKind.Return, 0x24, 0x14, 0));
            machine.Plugins.Discontinued(vcpu, new Discontinuity(DiscontinuityKind.Interrupt, 0x10, 0x20, 2));
        };
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo("VCPU, interrupts, exceptions, hostcalls\n   0,          2,          1,          0\n");
    }
}
