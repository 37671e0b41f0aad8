using Emu.Engine.Instrumentation;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Registration;

public class SubscriptionTests
{
    private const int Syscall = 1;

    [Test]
    public async Task R11_subscribing_again_changes_nothing_and_unsubscribing_removes()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var translations = 0;
        var probe = machine.Install(new Probe { Translating = (_, _) => translations++ });
        probe.Host.Subscribe(PluginEvents.Translate);
        probe.Host.Subscribe(PluginEvents.Translate | PluginEvents.Exit);
        machine.Run();
        var once = translations;
        await Assert.That((long)once).IsEqualTo(machine.Machine.Code.Translations);

        probe.Host.Unsubscribe(PluginEvents.Translate);
        machine.Run();
        await Assert.That(translations).IsEqualTo(once);
        await Assert.That(probe.Host.Subscriptions).IsEqualTo(PluginEvents.All & ~PluginEvents.Translate);
    }

    [Test]
    public void R11_an_event_that_the_plugin_does_not_implement_is_refused()
    {
        using var machine = new TestMachine();
        machine.Install(new Options.OptionsPlugin());
        Assert.ThrowsExactly<ArgumentException>(() => machine.Plugins.Plugins[0].Subscribe(PluginEvents.Translate));
    }

    [Test]
    public async Task R12_the_mask_bit_follows_the_first_and_the_last_subscriber()
    {
        using var machine = new TestMachine();
        await Assert.That(machine.Plugins.Mask).IsEqualTo(EventMask.None);
        var first = machine.Install(new Probe());
        var second = machine.Install(new Probe());
        await Assert.That(machine.Plugins.Mask).IsEqualTo(EventMask.Translation);
        first.Host.Unsubscribe(PluginEvents.Translate);
        await Assert.That(machine.Plugins.Mask).IsEqualTo(EventMask.Translation);
        second.Host.Unsubscribe(PluginEvents.Translate);
        await Assert.That(machine.Plugins.Mask).IsEqualTo(EventMask.None);
        first.Host.Subscribe(PluginEvents.Translate);
        await Assert.That(machine.Plugins.Mask).IsEqualTo(EventMask.Translation);
    }

    [Test]
    public async Task R13_a_vCPUs_mask_changes_by_queued_work_only()
    {
        using var machine = new TestMachine(CallBetweenTwoLoops);
        var probe = machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Host.Unsubscribe(PluginEvents.Translate) });
        var masks = new List<EventMask>();
        machine.System.Syscall = (vcpu, _) =>
        {
            masks.Add(vcpu.Mask);
            probe.Host.Subscribe(PluginEvents.Translate);
            masks.Add(vcpu.Mask);
            vcpu.Post(running => masks.Add(running.Mask));
        };
        machine.Run();

        await Assert.That(masks).IsEquivalentTo([EventMask.None, EventMask.None, EventMask.Translation], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R14_blocks_of_one_mask_are_not_found_under_another()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var executions = 0;
        var probe = machine.Install(new Probe { Translating = Probe.EachInstruction, Executing = (_, _) => executions++ });
        probe.Host.Unsubscribe(PluginEvents.Translate);
        machine.Run();
        await Assert.That(executions).IsEqualTo(0);

        probe.Host.Subscribe(PluginEvents.Translate);
        machine.Run();
        await Assert.That(executions).IsEqualTo(20 + Programs.LoopOverhead);
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task R15_a_late_subscription_reaches_code_that_is_hot(bool withOther)
    {
        // The same loop runs a hundred times before and a hundred times after the system call; the code is not translated again by itself.
        using var machine = new TestMachine(CallBetweenTwoLoops);
        if (withOther)
            machine.Install(new Probe { Translating = Probe.EachInstruction, Executing = (_, _) => { } });
        var executions = 0;
        var late = machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => self.Host.Unsubscribe(PluginEvents.Translate),
            Translating = Probe.EachInstruction,
            Executing = (_, _) => executions++,
        });
        machine.System.Syscall = (_, _) => late.Host.Subscribe(PluginEvents.Translate);
        machine.Run();

        await Assert.That(executions).IsEqualTo(InstructionsAfterCall);
    }

    [Test]
    public async Task R16_without_a_subscriber_nothing_is_called_or_shown()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => self.Host.Unsubscribe(PluginEvents.All),
            Translating = (_, _) => Assert.Fail("translation"),
            Starting = _ => Assert.Fail("init"),
            Ending = _ => Assert.Fail("exit"),
            Flushed = () => Assert.Fail("flush"),
            Exiting = _ => Assert.Fail("report"),
        });
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo("");
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(machine.Plugins.Mask).IsEqualTo(EventMask.None);
    }

    [Test]
    public async Task R17_lists_survive_a_callback_that_uninstalls_itself_and_others()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var started = new List<string>();
        Probe[] probes = new Probe[3];
        probes[0] = machine.Install(new Probe
        {
            Starting = _ =>
            {
                started.Add("first");
                probes[0].Host.Uninstall();
                probes[1].Host.Uninstall();
            },
        });
        probes[1] = machine.Install(new Probe { Starting = _ => started.Add("second") });
        probes[2] = machine.Install(new Probe { Starting = _ => started.Add("third") });
        machine.Run();
        await Assert.That(started).IsEquivalentTo(["first", "second", "third"], CollectionOrdering.Matching);
        await Assert.That((await Assert.That(machine.Plugins.Plugins).HasSingleItem()).Plugin).IsSameReferenceAs(probes[2]);

        machine.Run();
        await Assert.That(started).IsEquivalentTo(["first", "second", "third", "third"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R18_registration_while_uninstalling_is_ignored()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var probe = machine.Install(new Probe());
        probe.Host.Unsubscribe(PluginEvents.All);
        probe.Starting = _ => Assert.Fail("subscribed while uninstalling");
        var seen = PluginEvents.All;
        var first = true;
        machine.Install(new Probe
        {
            Starting = _ =>
            {
                if (!first)
                    return;
                first = false;
                probe.Host.Uninstall();
                probe.Host.Subscribe(PluginEvents.All);
                seen = probe.Host.Subscriptions;
            },
        });
        machine.Run();
        machine.Run();
        await Assert.That(seen).IsEqualTo(PluginEvents.None);
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public async Task R19_registering_works_inside_callbacks()
    {
        using var machine = new TestMachine(Programs.Loop(1000));
        var flushes = 0;
        var executions = 0;
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => self.Host.Unsubscribe(PluginEvents.Flush),
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                if (++executions == 500)
                    probe.Host.Subscribe(PluginEvents.Flush);
                if (executions == 1000)
                    probe.Host.Unsubscribe(PluginEvents.Translate);
            },
            Flushed = () => flushes++,
        });
        machine.Run();

        await Assert.That(flushes).IsEqualTo(1);
        await Assert.That(executions).IsBetween(1000, 2000);
    }

    [Test]
    public async Task R20_no_lock_is_held_while_callbacks_run()
    {
        // Another thread changes subscriptions and installs plugins while a callback waits for it.
        using var machine = new TestMachine(Programs.Loop(10));
        var other = machine.Install(new Probe());
        var entered = new SemaphoreSlim(0);
        var left = new SemaphoreSlim(0);
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                Probe.OnExecute(block);
                Meet();
            },
            Executing = (_, _) => Meet(),
            Starting = _ => Meet(),
            Ending = _ => Meet(),
        });
        var meetings = 0;
        var run = machine.Start();
        while (!run.IsCompleted)
        {
            if (!entered.Wait(10, TestContext.Current!.Execution.CancellationToken))
                continue;
            other.Host.Unsubscribe(PluginEvents.Flush);
            other.Host.Subscribe(PluginEvents.Flush);
            other.Host.NewScoreboard<ulong>().Dispose();
            machine.Install(new Options.OptionsPlugin());
            meetings++;
            left.Release();
        }

        await Assert.That(run.Status).IsEqualTo(TaskStatus.RanToCompletion);
        // At the start and the end, for each of three blocks when it is translated, and at each of eleven entries.
        await Assert.That(meetings >= 1 + 1 + 3 + 11).IsTrue().Because($"met {meetings} times");

        void Meet()
        {
            entered.Release();
            left.Wait();
        }
    }

    /// <summary>Instructions that run after the system call of <see cref="CallBetweenTwoLoops"/> returned.</summary>
    private const int InstructionsAfterCall = 3 + 1 + 200 + 1 + 1 + 2;

    // Calls a loop of a hundred rounds, makes a system call, calls the same loop again.
    private static void CallBetweenTwoLoops(Assembler code)
    {
        var (start, loop, top) = (new Label(), new Label(), new Label());
        code.Jal(XRegister.Zero, start);
        code.Place(loop);
        code.Addi(XRegister.T0, XRegister.Zero, 100);
        code.Place(top);
        code.Addi(XRegister.T0, XRegister.T0, -1);
        code.Bne(XRegister.T0, XRegister.Zero, top);
        code.Jalr(XRegister.Zero, XRegister.Ra, 0);
        code.Place(start);
        code.Jal(XRegister.Ra, loop);
        code.Addi(XRegister.A7, XRegister.Zero, Syscall);
        code.Ecall();
        code.Addi(XRegister.T1, XRegister.Zero, 0);
        code.Addi(XRegister.T1, XRegister.Zero, 0);
        code.Jal(XRegister.Ra, loop);
        code.Addi(XRegister.T1, XRegister.Zero, 0);
    }
}
