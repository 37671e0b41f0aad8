using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Lifecycle;

public class LockOrderTests
{
    private const int VCpus = 3;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    /// <summary>What is told of a flush, and <c>done</c>, waits for another thread that takes the plugin lock: were that held meanwhile, the other would wait for ever.</summary>
    [Test]
    public async Task R75_no_flush_happens_under_the_plugin_lock()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(100));
        var taken = new List<bool>();
        Probe probe = null!;
        probe = machine.Install(new Probe { Translating = Probe.EachInstruction, Executing = (_, _) => { }, Flushed = () => taken.Add(TakeLockElsewhere(probe.Host)) });
        machine.System.Syscall = (_, _) =>
        {
            machine.Machine.FlushCode();
            probe.Host.Unsubscribe(PluginEvents.Translate);
            probe.Host.Reset(() => taken.Add(TakeLockElsewhere(probe.Host)));
        };
        machine.Run();
        await Assert.That(taken.Count).IsGreaterThan(2);
        await Assert.That(taken).DoesNotContain(false);
    }

    /// <summary>vCPUs in hot loops take the plugin lock in their callbacks while another thread stops them all again and again, and takes it inside.</summary>
    [Test]
    public async Task R75_the_exclusive_section_comes_before_the_plugin_lock()
    {
        using var machine = new TestMachine(CountUntilTold);
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => self.Counts = self.Host.NewScoreboard<ulong>(),
            Translating = (self, block) => Probe.OnExecute(block),
            Executing = (_, _) => probe.Host.Subscribe(PluginEvents.VCpuIdle),
        });
        var runs = Task.WhenAll(Enumerable.Range(0, VCpus).Select(_ => machine.Start()));
        for (var i = 0; i < 200; i++)
            machine.Machine.Exclusive.Run(() => probe.Host.Unsubscribe(PluginEvents.VCpuIdle));
        await Assert.That(machine.Memory.TryWrite(TestMachine.Data, 1UL)).IsTrue();
        await runs.WaitAsync(Long);
        await Assert.That(machine.Log).IsEmpty();
    }

    /// <summary>Other threads are in hot loops when one ends the guest: not one of their instructions is counted, inline or by callback, once exit events have come.</summary>
    [Test]
    public async Task R77_after_the_end_no_instrumented_instruction_of_another_thread_runs()
    {
        using var machine = new TestMachine(CountUntilTold);
        var (called, atExit) = (0L, (Inline: 0UL, Called: 0L));
        Scoreboard<ulong> board = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>(),
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnExecute(board.Entry(), 1);
                    Probe.OnExecute(insn);
                }
            },
            Executing = (_, _) => Interlocked.Increment(ref called),
            Exiting = _ => atExit = (board.Entry().Sum(), Interlocked.Read(ref called)),
        });
        var runs = Task.WhenAll(Enumerable.Range(0, VCpus).Select(_ => machine.Start()));
        while (Interlocked.Read(ref called) < 1000)
            await Task.Yield();
        machine.Exit();
        var rounds = Rounds(machine);
        while (Rounds(machine) == rounds)
            await Task.Yield();
        await Assert.That(machine.Memory.TryWrite(TestMachine.Data, 1UL)).IsTrue();
        await runs;

        await Assert.That(atExit.Inline).IsEqualTo((ulong)atExit.Called);
        await Assert.That(board.Entry().Sum()).IsEqualTo(atExit.Inline);
        await Assert.That(called).IsEqualTo(atExit.Called);
    }

    private static ulong Rounds(TestMachine machine) => machine.Memory.TryRead(TestMachine.Data + 8, out ulong rounds) ? rounds : 0;

    private static bool TakeLockElsewhere(Host host) => Task.Factory.StartNew(
        () => host.Subscribe(PluginEvents.VCpuIdle), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Wait(Long);

    /// <summary>Adds to the word behind the one at s0 until that is not zero.</summary>
    private static void CountUntilTold(Assembler code)
    {
        var top = new Label();
        code.Place(top);
        code.Addi(XRegister.T0, XRegister.T0, 1);
        code.Sd(XRegister.T0, XRegister.S0, 8);
        code.Ld(XRegister.T1, XRegister.S0, 0);
        code.Beq(XRegister.T1, XRegister.Zero, top);
    }
}
