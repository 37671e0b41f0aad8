using Emu.Engine.Debugging;
using Emu.Engine.Execution;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.Debugging;

/// <summary>Breakpoints, steps and watchpoints on vCPUs that run on threads of their own; this thread is the debugger's.</summary>
public sealed class DebuggerTests
{
    private const int Rounds = 20;

    // The loop of Programs.Repeat begins behind the two instructions that load its count.
    private const ulong Store = TestMachine.Code + 2 * 4 + 4;

    [Test]
    public async Task A_breakpoint_stops_before_its_instruction_each_time()
    {
        using var machine = Machine(out var debugger);
        debugger.AddBreakpoint(Store);
        var vcpu = machine.Start(1)[0];
        for (var round = 1UL; round <= Rounds; round++)
        {
            await Assert.That(Next(debugger)).IsEqualTo(new StopEvent(StopKind.Breakpoint));
            await Assert.That((vcpu.Pc, Counted(vcpu), Stored(machine))).IsEqualTo((Store, round, round - 1));
            await Step(debugger);
            await Assert.That((vcpu.Pc, Stored(machine))).IsEqualTo((Store + 4, round));
            Resume(debugger, RunMode.Continue);
        }

        machine.Join();
    }

    [Test]
    public async Task A_watched_store_stops_behind_its_instruction()
    {
        using var machine = Machine(out var debugger);
        var watched = new Watchpoint(TestMachine.Data + 7, 1, WatchKinds.Write);
        debugger.AddWatchpoint(watched);
        debugger.AddWatchpoint(new Watchpoint(TestMachine.Data + 8, 8, WatchKinds.Read | WatchKinds.Write));
        var vcpu = machine.Start(1)[0];
        for (var round = 1UL; round <= Rounds; round++)
        {
            await Assert.That(Next(debugger)).IsEqualTo(new StopEvent(StopKind.Watchpoint, Watched: watched));
            await Assert.That((vcpu.Pc, Stored(machine))).IsEqualTo((Store + 4, round));
            Resume(debugger, RunMode.Continue);
        }

        machine.Join();
    }

    [Test]
    public async Task Steps_in_a_range_end_outside_of_it()
    {
        using var machine = Machine(out var debugger);
        debugger.AddBreakpoint(Store);
        var vcpu = machine.Start(1)[0];
        Next(debugger);
        debugger.RemoveBreakpoint(Store);
        await Assert.That(debugger.TryResume(static _ => new RunAction(RunMode.StepInRange, RangeStart: TestMachine.Code, RangeEnd: Store + 12))).IsTrue();
        await Assert.That(Next(debugger)).IsEqualTo(new StopEvent(StopKind.Step));
        // The branch back stays in the range until it is not taken.
        await Assert.That((vcpu.Pc, Counted(vcpu))).IsEqualTo((Store + 12, (ulong)Rounds));
        debugger.Leave();
        machine.Join();
    }

    [Test]
    public async Task All_stand_still_until_they_are_resumed_or_the_debugger_leaves()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var debugger = machine.Machine.Debugger = new Debugger(machine.Machine);
        var vcpus = machine.Start(3);
        Resume(debugger, RunMode.Continue);
        TestMachine.Until(() => vcpus.All(static vcpu => Counted(vcpu) > 1000), "all count");
        for (var round = 0; round < 20; round++)
        {
            debugger.StopAll();
            var counts = vcpus.Select(Counted).ToArray();
            Thread.Yield();
            await Assert.That(vcpus.Select(Counted)).IsEquivalentTo(counts, TUnit.Assertions.Enums.CollectionOrdering.Matching);
            Resume(debugger, RunMode.Continue);
            TestMachine.Until(() => vcpus.Zip(counts).All(static pair => Counted(pair.First) != pair.Second), "all count again");
        }

        debugger.StopAll();
        debugger.Leave();
        machine.Stop();
    }

    /// <summary>A loop that counts in a0 and stores that at the start of the data. Its vCPU is held at first, and runs when it has been resumed.</summary>
    private static TestMachine Machine(out Debugger debugger)
    {
        var machine = new TestMachine(static code =>
        {
            code.Repeat(Rounds, () =>
            {
                code.Addi(XRegister.A0, XRegister.A0, 1);
                code.Sd(XRegister.A0, XRegister.S0, 0);
            });
            code.Exit();
        });
        debugger = machine.Machine.Debugger = new Debugger(machine.Machine);
        return machine;
    }

    private static ulong Counted(VCpuContext vcpu) => Volatile.Read(ref vcpu.Register(TestMachine.Offset(XRegister.A0)));

    private static ulong Stored(TestMachine machine) => machine.Memory.TryRead(TestMachine.Data, out ulong value) ? value : ulong.MaxValue;

    private static async Task Step(Debugger debugger)
    {
        Resume(debugger, RunMode.Step);
        await Assert.That(Next(debugger)).IsEqualTo(new StopEvent(StopKind.Step));
    }

    private static void Resume(Debugger debugger, RunMode mode) => debugger.TryResume(_ => new RunAction(mode));

    /// <summary>Lets vCPUs go that were never resumed, waits for a stop, and stops all.</summary>
    private static StopEvent Next(Debugger debugger)
    {
        if (debugger.VCpus.All(static vcpu => vcpu.Mode == RunMode.Held && vcpu.Pending is null))
            Resume(debugger, RunMode.Continue);
        TestMachine.Until(() => debugger.HasStops, "a stop");
        debugger.StopAll();
        return debugger.TakeStop()!.Pending!.Value;
    }
}
