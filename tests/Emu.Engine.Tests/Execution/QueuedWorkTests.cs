using System.Collections.Concurrent;
using Emu.Engine.Execution;
using Emu.Engine.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Engine.Tests.Execution;

/// <summary>Work that is queued to a vCPU runs on its thread, outside translated code, once, in order.</summary>
public sealed class QueuedWorkTests
{
    [Test]
    public async Task Work_reaches_a_vcpu_that_runs_a_hot_loop()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpu = machine.Start(1)[0];
        var seen = new ConcurrentQueue<(int Number, bool IsOnItsThread, int InTranslatedCode)>();
        for (var number = 0; number < 100; number++)
        {
            var sent = number;
            vcpu.Post(self => seen.Enqueue((sent, self == VCpuContext.Current && self == vcpu, self.InTranslatedCode)));
        }

        TestMachine.Until(() => seen.Count == 100, "all work is done");
        await Assert.That(seen).IsEquivalentTo(Enumerable.Range(0, 100).Select(number => (number, true, 0)), CollectionOrdering.Matching);
    }

    [Test]
    public async Task Work_from_several_threads_runs_exactly_once()
    {
        const int senders = 4, each = 500;
        using var machine = new TestMachine(Programs.CountForever);
        var vcpus = machine.Start(2);
        var counts = new int[2];
        Parallel.For(0, senders, _ =>
        {
            for (var number = 0; number < each; number++)
                foreach (var vcpu in vcpus)
                    vcpu.Post(self => counts[self.Index]++);
        });
        machine.Stop();
        await Assert.That(counts).IsEquivalentTo([senders * each, senders * each], CollectionOrdering.Matching);
    }

    [Test]
    public void Work_may_queue_more_work()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpu = machine.Start(1)[0];
        var done = 0;
        void Again(VCpuContext self)
        {
            if (++done < 50)
                self.Post(Again);
        }

        vcpu.Post(Again);
        TestMachine.Until(() => Volatile.Read(ref done) == 50, "the last of the chain ran");
    }

    [Test]
    public async Task Work_for_a_vcpu_in_a_system_call_runs_before_the_guest_goes_on()
    {
        using var machine = new TestMachine(code =>
        {
            code.Call(1);
            code.Call(2);
            code.Exit();
        });
        var order = new List<string>();
        machine.System.Syscall = (vcpu, number) =>
        {
            order.Add($"call {number}");
            if (number == 1)
                vcpu.Post(_ => order.Add("work"));
        };
        machine.Run();
        await Assert.That(order).IsEquivalentTo(["call 1", "work", "call 2"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_vcpu_that_is_told_to_stop_leaves_its_hot_loop()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpus = machine.Start(4);
        machine.Stop();
        foreach (var vcpu in vcpus)
            await Assert.That(vcpu.StopRequested).IsTrue();
    }

    [Test]
    public async Task Work_for_vcpus_that_are_just_being_removed_does_no_harm()
    {
        using var machine = new TestMachine(code => code.Exit());
        var (done, sent) = (false, 0);
        var sender = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
                foreach (var vcpu in machine.Machine.VCpus)
                {
                    vcpu.Post(static _ => { });
                    sent++;
                }
        });
        sender.Start();
        for (var round = 0; round < 500 || Volatile.Read(ref sent) == 0; round++)
            machine.Machine.RemoveVCpu(machine.Run());
        Volatile.Write(ref done, true);
        sender.Join();
        await Assert.That(machine.Machine.VCpus).IsEmpty();
    }
}
