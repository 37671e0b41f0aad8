using System.Collections.Concurrent;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Lifecycle;

public class StressTests
{
    private const int VCpus = 8;
    private const int Changes = 1000;
    private const int ChangesBetweenRounds = 20;

    /// <summary>
    /// Eight vCPUs in hot loops while plugins are added, subscribed, unsubscribed, reset and uninstalled a thousand times. Each plugin counts in two ways that must agree to the last
    /// instruction, one that stays must have seen all that the guest did, and the guest itself must have done the right thing.
    /// </summary>
    [Test]
    public async Task Plugins_come_and_go_while_vCPUs_run_and_every_count_is_exact()
    {
        using var machine = new TestMachine(Programs.RoundsUntilTold, new());
        var steady = machine.Install(new TwoWays());
        var stop = machine.Memory;
        var registers = new ConcurrentBag<ulong>();
        Host host = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) =>
            {
                host = self.Host;
                host.Unsubscribe(PluginEvents.All & ~PluginEvents.VCpuExit);
            },
            Ending = vcpu => registers.Add(host.RegistersOf(vcpu).Read(host.FindRegister("t0"))),
        });
        var runs = Enumerable.Range(0, VCpus).Select(_ => machine.Start()).ToArray();
        var random = new Random(20);
        var alive = new List<TwoWays>();
        var retired = new ConcurrentBag<(ulong Inline, ulong Callback)>();
        var pending = new Pending();
        for (var change = 0; change < Changes; change++)
        {
            // Changes that the guest takes no notice of, as its threads have not begun or are not let run, would test nothing either.
            if (change % ChangesBetweenRounds == 0)
                AwaitProgress(steady);
            Change(machine, random, alive, retired, pending);
            // A queue that only grows would test nothing but the queue.
            while (pending.Count > 4)
                Thread.Yield();
        }

        while (pending.Count > 0)
            Thread.Yield();
        await Assert.That(stop.TryWrite(TestMachine.Data, 1UL)).IsTrue();
        await Task.WhenAll(runs);

        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(registers.Count).IsEqualTo(VCpus);
        var executed = registers.Aggregate(0UL, (sum, rounds) => sum + rounds * Programs.InstructionsPerRound + Programs.InstructionsAroundRounds);
        await Assert.That(steady.Counts).IsEqualTo((executed, executed));
        foreach (var counts in retired)
            await Assert.That(counts.Callback).IsEqualTo(counts.Inline);
        foreach (var plugin in alive)
            await Assert.That(plugin.Counts.Callback).IsEqualTo(plugin.Counts.Inline);
        await Assert.That(retired).Contains(counts => counts.Inline > 0);
    }

    private static void AwaitProgress(TwoWays steady)
    {
        var before = steady.Counts.Inline;
        while (steady.Counts.Inline == before)
            Thread.Yield();
    }

    private static void Change(TestMachine machine, Random random, List<TwoWays> alive, ConcurrentBag<(ulong, ulong)> retired, Pending pending)
    {
        var what = random.Next(5);
        if (alive.Count == 0 || (what == 0 && alive.Count < 6))
        {
            alive.Add(machine.Install(new TwoWays()));
            return;
        }

        var plugin = alive[random.Next(alive.Count)];
        switch (what)
        {
            case 1:
                plugin.Listen(false);
                break;
            case 2:
                plugin.Listen(true);
                break;
            case 3:
                pending.Begin();
                plugin.Restart(pending.End);
                break;
            default:
                alive.Remove(plugin);
                pending.Begin();
                plugin.Leave(counts =>
                {
                    retired.Add(counts);
                    pending.End();
                });
                break;
        }
    }

    /// <summary>How many changes have been asked for and are not done yet.</summary>
    private sealed class Pending
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Begin() => Interlocked.Increment(ref _count);

        public void End() => Interlocked.Decrement(ref _count);
    }
}
