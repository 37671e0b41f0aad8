using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Scoreboards;

public class ScoreboardTests
{
    private const int Many = 24;

    [Test]
    public async Task R50_one_zeroed_entry_per_vCPU_and_growth_while_vCPUs_run()
    {
        // More vCPUs than there is room for at first, all alive at once as they meet in a system call: the first ones count while entries move.
        const int Rounds = 20_000;
        using var machine = new TestMachine(Programs.LoopCallLoop(Rounds));
        using var meeting = new Barrier(Many);
        machine.System.Syscall = (_, _) => meeting.SignalAndWait();
        Scoreboard<Counts> board = null!;
        var (nonZero, flushes) = (0, 0);
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<Counts>(),
            Starting = vcpu =>
            {
                if (board[vcpu].Inline != 0 || board[vcpu].Callback != 0)
                    Interlocked.Increment(ref nonZero);
            },
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnExecute(board.Entry(static (ref Counts counts) => ref counts.Inline), 1);
                    Probe.OnExecute(insn);
                }
            },
            Executing = (vcpu, _) => board[vcpu].Callback++,
            Flushed = () => flushes++,
        });
        var before = board.Capacity;
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => machine.Start()));

        await Assert.That(nonZero).IsEqualTo(0);
        await Assert.That(before < Many && board.Capacity >= Many).IsTrue().Because($"capacity {before} to {board.Capacity}");
        await Assert.That(flushes > 0).IsTrue();
        await Assert.That(machine.Plugins.VCpuCount).IsEqualTo(Many);
        const ulong EachVCpu = 4 * Rounds + Programs.LoopCallLoopOverhead;
        await Assert.That(board.Entry(static (ref Counts counts) => ref counts.Inline).Sum()).IsEqualTo(Many * EachVCpu);
        await Assert.That(board.Entry(static (ref Counts counts) => ref counts.Callback).Sum()).IsEqualTo(Many * EachVCpu);
        for (var vcpu = 0; vcpu < Many; vcpu++)
            await Assert.That(board[vcpu]).IsEqualTo(new Counts { Inline = EachVCpu, Callback = EachVCpu });
    }

    [Test]
    public async Task R51_entries_move_and_handles_stay_valid()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(10));
        using var meeting = new Barrier(Many);
        machine.System.Syscall = (_, _) => meeting.SignalAndWait();
        Scoreboard<ulong> board = null!;
        machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>() });
        var entry = board.Entry();
        entry.Set(0, 5);
        var address = AddressOf(ref board[0]);
        entry.Set(1, 7);
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => machine.Start()));

        await Assert.That(AddressOf(ref board[0])).IsNotEqualTo(address);
        entry.Add(Many - 1, 1);
        await Assert.That(entry.Get(Many - 1)).IsEqualTo(1UL);
        await Assert.That(entry.Sum()).IsEqualTo(13UL);
    }

    [Test]
    public async Task R52_get_set_add_and_sum()
    {
        using var machine = new TestMachine();
        var board = machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>() }).Counts!;
        var entry = board.Entry();
        entry.Set(0, 40);
        entry.Add(0, 2);
        entry.Add(3, ulong.MaxValue);

        await Assert.That(entry.Get(0)).IsEqualTo(42UL);
        await Assert.That(board[0]).IsEqualTo(42UL);
        await Assert.That(entry.Get(1)).IsEqualTo(0UL);
        await Assert.That(entry.Sum()).IsEqualTo(41UL);
    }

    [Test]
    public async Task R52_the_sum_is_over_all_vCPUs_that_ever_started_though_indices_are_used_again()
    {
        using var machine = new TestMachine(Programs.Loop(100));
        Scoreboard<Counts> board = null!;
        var starts = new List<(VCpuId, ulong)>();
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<Counts>(),
            Starting = vcpu => starts.Add((vcpu.Id, board[vcpu].Inline)),
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    insn.AddOnExecute(board.Entry(static (ref Counts counts) => ref counts.Inline), 1);
            },
        });
        const ulong EachRun = 200 + Programs.LoopOverhead;
        for (var run = 1; run <= 3; run++)
        {
            machine.Run();
            await Assert.That(board[0].Inline).IsEqualTo(EachRun);
            await Assert.That(board.Entry(static (ref Counts counts) => ref counts.Inline).Sum()).IsEqualTo((ulong)run * EachRun);
        }

        await Assert.That(starts).IsEquivalentTo([(new VCpuId(0, 1), 0UL), (new VCpuId(0, 2), 0UL), (new VCpuId(0, 3), 0UL)], CollectionOrdering.Matching);
        await Assert.That(machine.Plugins.VCpuCount).IsEqualTo(1);
    }

    [Test]
    public async Task Entries_are_on_cache_lines_of_their_own()
    {
        using var machine = new TestMachine();
        var (small, large, address) = (0, 0, 1UL);
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) =>
            {
                var board = self.Host.NewScoreboard<byte>();
                (small, address) = (board.Stride, AddressOf(ref board[0]));
                large = self.Host.NewScoreboard<(ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong)>().Stride;
            },
        });
        await Assert.That(((int, int))(small, large)).IsEqualTo((64, 128));
        await Assert.That(address % 64).IsEqualTo(0UL);
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public void An_index_that_no_vCPU_can_have_is_refused()
    {
        using var machine = new TestMachine();
        var board = machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>() }).Counts!;
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ = board[-1]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ = board[board.Capacity]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => board.Entry().Get(board.Capacity));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => board.Entry(1));
        Assert.ThrowsExactly<InvalidOperationException>(() => default(ScoreboardEntry).Sum());
    }

    [Test]
    public async Task A_disposed_scoreboard_is_freed_at_the_next_flush_and_cannot_be_asked_with()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var probe = machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>(),
            Translating = (self, block) => block.AddOnExecute(self.Counts!.Entry(), 1),
        });
        machine.Run();
        var before = probe.Counts!.Entry().Sum();
        probe.Counts.Dispose();
        await Assert.That(probe.Counts.Entry().Sum()).IsEqualTo(before);
        machine.Machine.FlushCode();
        Assert.ThrowsExactly<ObjectDisposedException>(() => probe.Counts.Entry().Sum());
        machine.Run();
        await Assert.That(await Assert.That(machine.Log).HasSingleItem()).StartsWith("emu: plugin 'probe' failed and is disabled: ObjectDisposedException");
    }

    [Test]
    public async Task Counters_are_many_and_exact()
    {
        const int Number = 1000;
        using var machine = new TestMachine(code =>
        {
            for (var i = 0; i < Number; i++)
                code.Addi(Emu.Guest.RiscV.XRegister.T0, Emu.Guest.RiscV.XRegister.T0, 1);
        });
        CounterList counters = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => counters = self.Host.NewCounters(),
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnExecute(counters.Entry(counters.Add()), 1);
                    Probe.OnExecute(insn, counters.Add());
                }
            },
            Executing = (vcpu, number) => counters.Increment(vcpu, number),
        });
        machine.Run();
        machine.Run();
        await Assert.That(counters.Count).IsEqualTo(2 * (Number + 2));
        foreach (var number in Enumerable.Range(0, counters.Count))
            await Assert.That(counters.Sum(number)).IsEqualTo(2UL);
    }

    private static unsafe ulong AddressOf<T>(ref T value)
        where T : unmanaged
    {
        // Scoreboards lie in native memory, so the address stays.
        fixed (T* pointer = &value)
            return (ulong)pointer;
    }

    private record struct Counts
    {
        public ulong Inline;

        public ulong Callback;
    }
}
