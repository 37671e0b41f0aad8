using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Execution;

public class ExecutionTests
{
    [Test]
    public async Task R34_the_block_callback_runs_at_each_entry()
    {
        using var machine = new TestMachine(Programs.Loop(1000));
        var entries = new Dictionary<nint, int>();
        machine.Install(new Probe
        {
            Translating = (_, block) => Probe.OnExecute(block, (nint)block.Address),
            Executing = (_, address) => entries[address] = entries.GetValueOrDefault(address) + 1,
        });
        machine.Run();

        // The first round of the loop belongs to the block that begins the program.
        await Assert.That(entries[(nint)TestMachine.Code]).IsEqualTo(1);
        await Assert.That(entries[(nint)TestMachine.Code + 8]).IsEqualTo(999);
        await Assert.That(entries[(nint)TestMachine.Code + 16]).IsEqualTo(1);
    }

    [Test]
    public async Task R35_the_instruction_callback_runs_before_an_instruction_that_may_fault()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 7);
            code.Ld(XRegister.T0, XRegister.Zero, 0);
        });
        var seen = new List<(nint Index, ulong T0)>();
        Register<ulong> t0 = default;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => t0 = self.Host.FindRegister<ulong>("t0"),
            Translating = Probe.ReadAtEachInstruction,
            Reading = (_, registers, index) => seen.Add((index, registers.Read(t0))),
        });
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(seen).IsEquivalentTo((List<(nint, ulong)>)[(0, 0UL), (1, 7UL)], CollectionOrdering.Matching);
        await Assert.That(machine.System.Fault!.Value.Address).IsEqualTo(0UL);
    }

    [Test]
    [Arguments(Condition.Equal, 1)]
    [Arguments(Condition.NotEqual, 9)]
    [Arguments(Condition.Less, 5)]
    [Arguments(Condition.LessOrEqual, 6)]
    [Arguments(Condition.Greater, 4)]
    [Arguments(Condition.GreaterOrEqual, 5)]
    [Arguments(Condition.Always, 10)]
    [Arguments(Condition.Never, 0)]
    public async Task R37_conditions_compare_unsigned(Condition condition, int expected)
    {
        // The entry runs from 2^63 - 5 to 2^63 + 4 and is compared with 2^63: a signed comparison would go the other way.
        using var machine = new TestMachine(Programs.Loop(10));
        const ulong Middle = 1UL << 63;
        Scoreboard<ulong> board = null!;
        var calls = 0;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>(),
            Starting = vcpu => board[vcpu] = Middle - 6,
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    if (insn.Class != "branch")
                        continue;
                    insn.AddOnExecute(board.Entry(), 1);
                    Probe.OnExecuteIf(insn, condition, board.Entry(), Middle);
                }
            },
            Executing = (_, _) => calls++,
        });
        machine.Run();
        var seen = Enumerable.Range(0, 10).Count(i => Holds(condition, Middle - 5 + (ulong)i, Middle));
        await Assert.That(calls).IsEqualTo(seen);
        await Assert.That(calls).IsEqualTo(expected);
    }

    [Test]
    public async Task R37_Never_installs_nothing()
    {
        using var plain = new TestMachine(Programs.Loop(10));
        plain.Run();
        using var machine = new TestMachine(Programs.Loop(10));
        var probe = new Probe
        {
            Translating = (self, block) => Probe.OnExecuteIf(block, Condition.Never, self.Counts!.Entry(), 0),
            Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>(),
        };
        machine.Install(probe);
        machine.Run();
        await Assert.That(machine.Machine.Code.UsedBytes).IsEqualTo(plain.Machine.Code.UsedBytes);
    }

    [Test]
    public async Task R38_what_is_asked_for_at_one_point_runs_in_that_order()
    {
        // Store 5, add 2, callback sees 7, add 1, callback sees 8; then the second plugin, which sees the first one's result.
        using var machine = new TestMachine(code => code.Addi(XRegister.T0, XRegister.Zero, 1));
        Scoreboard<ulong> board = null!;
        var seen = new List<(nint, ulong)>();
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>(),
            Translating = (_, block) =>
            {
                var insn = block[0];
                insn.StoreOnExecute(board.Entry(), 5);
                insn.AddOnExecute(board.Entry(), 2);
                Probe.OnExecute(insn, 1);
                insn.AddOnExecute(board.Entry(), 1);
                Probe.OnExecuteIf(insn, Condition.Equal, board.Entry(), 8, 2);
                Probe.OnExecute(block, 0);
            },
            Executing = (vcpu, point) => seen.Add((point, board[vcpu])),
        });
        machine.Install(new Probe
        {
            Translating = (_, block) => Probe.OnExecute(block[0], 3),
            Executing = (vcpu, point) => seen.Add((point, board[vcpu])),
        });
        machine.Run();
        await Assert.That(seen).IsEquivalentTo((List<(nint, ulong)>)[(0, 0UL), (1, 7UL), (2, 8UL), (3, 8UL)], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(1)]
    [Arguments(4)]
    public async Task R39_inline_callback_and_conditional_counts_agree_exactly(int threads)
    {
        const int Rounds = 20_000;
        using var machine = new TestMachine(Programs.Loop(Rounds));
        Scoreboard<ThreeCounts> board = null!;
        var overall = 0L;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ThreeCounts>(),
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnExecute(board.Entry(0), 1);
                    Probe.OnExecute(insn, 1);
                    Probe.OnExecuteIf(insn, Condition.GreaterOrEqual, board.Entry(0), 0, 2);
                }
            },
            Executing = (vcpu, which) =>
            {
                ref var counts = ref board[vcpu];
                if (which == 1)
                    counts.Callback++;
                else
                    counts.Conditional++;
                Interlocked.Increment(ref overall);
            },
        });
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => machine.Start()));

        var expected = (ulong)threads * (2 * Rounds + Programs.LoopOverhead);
        await Assert.That(board.Entry(static (ref ThreeCounts counts) => ref counts.Inline).Sum()).IsEqualTo(expected);
        await Assert.That(board.Entry(static (ref ThreeCounts counts) => ref counts.Callback).Sum()).IsEqualTo(expected);
        await Assert.That(board.Entry(static (ref ThreeCounts counts) => ref counts.Conditional).Sum()).IsEqualTo(expected);
        await Assert.That(overall).IsEqualTo(2 * (long)expected);
    }

    [Test]
    [Arguments(0)]
    [Arguments(-1)]
    [Arguments(long.MinValue)]
    [Arguments(0x0123456789ABCDEF)]
    public async Task R42_user_data_comes_back_unchanged(long userData)
    {
        using var machine = new TestMachine(code => code.Sd(XRegister.Zero, XRegister.S0, 0));
        var seen = new List<long>();
        Scoreboard<ulong> board = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>(),
            Translating = (_, block) =>
            {
                Probe.OnExecute(block, (nint)userData);
                Probe.OnExecute(block[0], (nint)userData);
                Probe.OnExecuteIf(block[0], Condition.Equal, board.Entry(), 0, (nint)userData);
                Probe.OnExecuteByHand(block[0], (nint)userData);
                Probe.OnMemory(block[0], AccessKind.Write, (nint)userData);
            },
            Executing = (_, data) => seen.Add(data),
            Accessing = (_, _, data) => seen.Add(data),
        });
        machine.Run();
        await Assert.That(seen).IsEquivalentTo(Enumerable.Repeat(userData, 5), CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_callback_reaches_guest_memory()
    {
        using var machine = new TestMachine(code => code.Sd(XRegister.Zero, XRegister.S0, 0)) { MayChange = true };
        var (read, written, beyond) = (false, false, true);
        machine.Install(new Probe
        {
            Translating = (_, block) => Probe.ChangeAt(block[0], isAfter: false),
            Changing = (vcpu, control, _) =>
            {
                Span<byte> bytes = stackalloc byte[4];
                read = vcpu.TryReadMemory(TestMachine.Code, bytes) && BitConverter.ToUInt32(bytes) == 0x00043023;
                written = control.TryWriteMemory(TestMachine.Data + 64, bytes);
                beyond = vcpu.TryReadMemory(0, bytes);
            },
        });
        machine.Run();
        await Assert.That(read).IsTrue();
        await Assert.That(written).IsTrue();
        await Assert.That(beyond).IsFalse();
        await Assert.That(machine.Memory.TryRead(TestMachine.Data + 64, out uint value)).IsTrue();
        await Assert.That(value).IsEqualTo(0x00043023u);
    }

    [Test]
    public async Task A_callback_that_throws_disables_its_plugin_and_the_guest_goes_on_exactly()
    {
        using var machine = new TestMachine(Programs.Loop(100));
        var (failing, other) = (0, 0);
        machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                if (++failing == 50)
                    throw new FormatException("at fifty");
            },
        });
        machine.Install(new Probe { Translating = Probe.EachInstruction, Executing = (_, _) => other++ });
        machine.Run();

        await Assert.That(machine.Log).IsEquivalentTo(["emu: plugin 'probe' failed and is disabled: FormatException: at fifty"], CollectionOrdering.Matching);
        await Assert.That(other).IsEqualTo(200 + Programs.LoopOverhead);
        await Assert.That(failing).IsBetween(50, 53);
        await Assert.That(machine.System.Fault).IsNull();
        await Assert.That(machine.System.Trap).IsNull();
    }

    private static bool Holds(Condition condition, ulong entry, ulong immediate) => condition switch
    {
        Condition.Equal => entry == immediate,
        Condition.NotEqual => entry != immediate,
        Condition.Less => entry < immediate,
        Condition.LessOrEqual => entry <= immediate,
        Condition.Greater => entry > immediate,
        Condition.GreaterOrEqual => entry >= immediate,
        _ => condition == Condition.Always,
    };

    private struct ThreeCounts
    {
        public ulong Inline;
        public ulong Callback;
        public ulong Conditional;
    }
}
