using Emu.Engine.Instrumentation;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Lifecycle;

public class ExitTests
{
    [Test]
    public async Task R72_flush_is_told_after_every_flush()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(10));
        var (flushes, translations) = (0, 0);
        var usedAtFlush = new List<long>();
        machine.Install(new Probe
        {
            Translating = (_, _) => translations++,
            Flushed = () =>
            {
                flushes++;
                usedAtFlush.Add(machine.Machine.Code.UsedBytes);
            },
        });
        var before = 0;
        machine.System.Syscall = (_, _) =>
        {
            before = translations;
            machine.Machine.FlushCode();
            machine.Machine.FlushCode();
        };
        machine.Run();
        await Assert.That(flushes).IsEqualTo(2);
        await Assert.That(usedAtFlush).IsEquivalentTo([0L, 0L], CollectionOrdering.Matching);
        await Assert.That(translations > before).IsTrue();
    }

    [Test]
    public async Task R73_exit_events_come_once_in_order_at_the_end()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var order = new List<string>();
        foreach (var name in (string[])["first", "second"])
            machine.Install(new Probe
            {
                Ending = _ => order.Add($"{name} vcpu"),
                Exiting = report =>
                {
                    order.Add($"{name} exit");
                    report.Heading(name);
                },
            });
        machine.Run();
        var text = machine.Exit();

        await Assert.That(order).IsEquivalentTo(["first vcpu", "second vcpu", "first exit", "second exit"], CollectionOrdering.Matching);
        await Assert.That(text).IsEqualTo("first\nsecond\n");
        await Assert.That(machine.Exit()).IsEqualTo("");
        await Assert.That(order.Count).IsEqualTo(4);
    }

    [Test]
    public async Task R74_stop_all_drop_all_but_exit_flush_then_exit()
    {
        // Three vCPUs wait in a system call, one ends the guest from its own.
        using var machine = new TestMachine(Programs.LoopCallLoop(100));
        var order = new List<string>();
        var (masks, used, late) = (new List<EventMask>(), -1L, 0);
        var hasExited = false;
        machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                if (Volatile.Read(ref hasExited))
                    Interlocked.Increment(ref late);
            },
            Ending = vcpu => order.Add($"vcpu {vcpu.Index}"),
            Flushed = () => Assert.Fail("flush is dropped before"),
            Exiting = _ =>
            {
                order.Add("exit");
                masks.AddRange(machine.Machine.VCpus.Select(vcpu => vcpu.Mask));
                used = machine.Machine.Code.UsedBytes;
                Volatile.Write(ref hasExited, true);
            },
        });
        using var met = new Barrier(4);
        using var exited = new ManualResetEventSlim();
        machine.System.Syscall = (vcpu, _) =>
        {
            met.SignalAndWait();
            if (vcpu.Index == 0)
            {
                machine.Exit();
                exited.Set();
            }

            exited.Wait();
        };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => machine.Start()));

        await Assert.That(order.Order()).IsEquivalentTo(["exit", "vcpu 0", "vcpu 1", "vcpu 2", "vcpu 3"], CollectionOrdering.Matching);
        await Assert.That(order[^1]).IsEqualTo("exit");
        await Assert.That(masks).IsEquivalentTo(Enumerable.Repeat(EventMask.None, 4), CollectionOrdering.Matching);
        await Assert.That(used).IsEqualTo(0);
        await Assert.That(late).IsEqualTo(0);
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public async Task R73_a_plugin_that_throws_at_exit_does_not_keep_others_from_reporting()
    {
        using var machine = new TestMachine();
        machine.Install(new Probe { Exiting = _ => throw new FormatException("no") });
        machine.Install(new Probe { Exiting = report => report.Heading("second") });
        await Assert.That(machine.Exit()).IsEqualTo("second\n");
        await Assert.That(machine.Log).IsEquivalentTo(["emu: plugin 'probe' failed and is disabled: FormatException: no"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_plugin_may_be_added_while_vCPUs_run()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(100));
        var executions = 0;
        machine.System.Syscall = (_, _) => machine.Install(new Probe { Translating = Probe.EachInstruction, Executing = (_, _) => executions++ });
        await machine.Start();
        await Assert.That(executions).IsEqualTo(200 + 2 + 2);
    }
}
