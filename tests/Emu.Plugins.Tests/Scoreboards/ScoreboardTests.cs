using Emu.Plugins.Tests.Machines;
using Assert = Xunit.Assert;

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

        Assert.Equal(0, nonZero);
        Assert.True(before < Many && board.Capacity >= Many, $"capacity {before} to {board.Capacity}");
        Assert.True(flushes > 0);
        Assert.Equal(Many, machine.Plugins.VCpuCount);
        const ulong EachVCpu = 4 * Rounds + Programs.LoopCallLoopOverhead;
        Assert.Equal(Many * EachVCpu, board.Entry(static (ref Counts counts) => ref counts.Inline).Sum());
        Assert.Equal(Many * EachVCpu, board.Entry(static (ref Counts counts) => ref counts.Callback).Sum());
        for (var vcpu = 0; vcpu < Many; vcpu++)
            Assert.Equal(new Counts { Inline = EachVCpu, Callback = EachVCpu }, board[vcpu]);
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

        Assert.NotEqual(address, AddressOf(ref board[0]));
        entry.Add(Many - 1, 1);
        Assert.Equal(1UL, entry.Get(Many - 1));
        Assert.Equal(13UL, entry.Sum());
    }

    [Test]
    public void R52_get_set_add_and_sum()
    {
        using var machine = new TestMachine();
        var board = machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>() }).Counts!;
        var entry = board.Entry();
        entry.Set(0, 40);
        entry.Add(0, 2);
        entry.Add(3, ulong.MaxValue);

        Assert.Equal(42UL, entry.Get(0));
        Assert.Equal(42UL, board[0]);
        Assert.Equal(0UL, entry.Get(1));
        Assert.Equal(41UL, entry.Sum());
    }

    [Test]
    public void R52_the_sum_is_over_all_vCPUs_that_ever_started_though_indices_are_used_again()
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
            Assert.Equal(EachRun, board[0].Inline);
            Assert.Equal((ulong)run * EachRun, board.Entry(static (ref Counts counts) => ref counts.Inline).Sum());
        }

        Assert.Equal([(new VCpuId(0, 1), 0UL), (new VCpuId(0, 2), 0UL), (new VCpuId(0, 3), 0UL)], starts);
        Assert.Equal(1, machine.Plugins.VCpuCount);
    }

    [Test]
    public void Entries_are_on_cache_lines_of_their_own()
    {
        using var machine = new TestMachine();
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) =>
            {
                var small = self.Host.NewScoreboard<byte>();
                var large = self.Host.NewScoreboard<(ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong)>();
                Assert.Equal(64, small.Stride);
                Assert.Equal(128, large.Stride);
                Assert.Equal(0UL, AddressOf(ref small[0]) % 64);
            },
        });
        Assert.Empty(machine.Log);
    }

    [Test]
    public void An_index_that_no_vCPU_can_have_is_refused()
    {
        using var machine = new TestMachine();
        var board = machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>() }).Counts!;
        Assert.Throws<ArgumentOutOfRangeException>(() => board[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => board[board.Capacity]);
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Entry().Get(board.Capacity));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.Entry(1));
        Assert.Throws<InvalidOperationException>(() => default(ScoreboardEntry).Sum());
    }

    [Test]
    public void A_disposed_scoreboard_is_freed_at_the_next_flush_and_cannot_be_asked_with()
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
        Assert.Equal(before, probe.Counts.Entry().Sum());
        machine.Machine.FlushCode();
        Assert.Throws<ObjectDisposedException>(() => probe.Counts.Entry().Sum());
        machine.Run();
        Assert.StartsWith("emu: plugin 'probe' failed and is disabled: ObjectDisposedException", Assert.Single(machine.Log));
    }

    [Test]
    public void Counters_are_many_and_exact()
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
        Assert.Equal(2 * (Number + 2), counters.Count);
        Assert.All(Enumerable.Range(0, counters.Count), number => Assert.Equal(2UL, counters.Sum(number)));
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
