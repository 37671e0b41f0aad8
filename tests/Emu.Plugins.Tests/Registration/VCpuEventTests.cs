using Emu.Engine.Instrumentation;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Registration;

public class VCpuEventTests
{
    [Test]
    public async Task R21_init_comes_once_on_the_vCPUs_thread_before_its_first_instruction()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var (inits, threads, first, masks) = (0, new List<int>(), new List<string>(), new List<EventMask>());
        Scoreboard<ulong> board = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>(),
            Starting = vcpu =>
            {
                inits++;
                first.Add($"init at {vcpu.ProgramCounter:x}, {board[vcpu]}");
                threads.Add(Environment.CurrentManagedThreadId);
                masks.Add(machine.Machine.VCpus[0].Mask);
            },
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                if (first.Count == 1)
                    first.Add("executed");
                threads.Add(Environment.CurrentManagedThreadId);
            },
        });
        machine.Run();
        await Assert.That(inits).IsEqualTo(1);
        await Assert.That(first).IsEquivalentTo([$"init at {TestMachine.Code:x}, 0", "executed"], CollectionOrdering.Matching);
        await Assert.That(masks).IsEquivalentTo([EventMask.Translation], CollectionOrdering.Matching);
        await Assert.That(threads.Distinct()).HasSingleItem();
    }

    [Test]
    public async Task R22_exit_comes_when_a_vCPU_ends_and_R25_idle_and_resume_are_paired()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(10));
        var order = new List<string>();
        machine.Install(new Probe
        {
            Starting = vcpu => order.Add($"init {vcpu.ThreadId}"),
            Idling = vcpu => order.Add($"idle {vcpu.ThreadId}"),
            Resuming = vcpu => order.Add($"resume {vcpu.ThreadId}"),
            Ending = vcpu => order.Add($"exit {vcpu.ThreadId}"),
        });
        machine.System.Syscall = (vcpu, _) =>
        {
            machine.Plugins.VCpuIdle(vcpu);
            machine.Plugins.VCpuResumed(vcpu);
        };
        machine.Run();
        machine.Run();
        await Assert.That(order).IsEquivalentTo(["init 1", "idle 1", "resume 1", "exit 1", "init 2", "idle 2", "resume 2", "exit 2"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R23_the_count_never_decreases_and_R24_every_live_vCPU_is_listed_once()
    {
        using var machine = new TestMachine(Programs.LoopCallLoop(10));
        using var met = new Barrier(4);
        using var seen = new ManualResetEventSlim();
        IReadOnlyList<VCpuId> alive = [];
        var probe = machine.Install(new Probe());
        machine.System.Syscall = (vcpu, _) =>
        {
            met.SignalAndWait();
            if (vcpu.Index == 0)
            {
                alive = probe.Host.VCpus;
                seen.Set();
            }

            seen.Wait();
        };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => machine.Start()));

        await Assert.That(alive.Select(vcpu => vcpu.Index).Order()).IsEquivalentTo([0, 1, 2, 3], CollectionOrdering.Matching);
        await Assert.That(alive.Select(vcpu => vcpu.ThreadId).Distinct().Count()).IsEqualTo(4);
        await Assert.That(probe.Host.VCpus).IsEmpty();
        await Assert.That(probe.Host.VCpuCount).IsEqualTo(4);
    }
}
