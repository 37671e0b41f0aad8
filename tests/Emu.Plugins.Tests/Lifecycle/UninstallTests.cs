using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Lifecycle;

public class UninstallTests
{
    /// <summary>Where a plugin asks.</summary>
    public enum From
    {
        Exec,
        Memory,
        Translate,
        Init,
        Exit,
        Idle,
        Resume,
        Flush,
    }

    [Test]
    public async Task R67_uninstalling_is_asynchronous()
    {
        using var machine = new TestMachine(Programs.Loop(1000));
        var (executions, doneAfter, doneInside) = (0, 0, false);
        var isInside = false;
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                isInside = true;
                if (++executions == 100)
                    probe.Host.Uninstall(() => (doneAfter, doneInside) = (executions, isInside));
                isInside = false;
            },
        });
        machine.Run();

        await Assert.That(doneInside).IsFalse();
        await Assert.That(doneAfter >= 100).IsTrue();
        await Assert.That(machine.Plugins.Plugins).IsEmpty();
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public async Task R68_it_completes_when_every_vCPU_is_outside_and_the_code_is_discarded()
    {
        using var machine = new TestMachine(Endless);
        var inside = 0;
        var insideAtDone = -1;
        var flushesAtDone = -1L;
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                // Most of the time somebody is here, so that 'done' would meet them if it did not wait.
                Interlocked.Increment(ref inside);
                Thread.SpinWait(200);
                Interlocked.Decrement(ref inside);
            },
        });
        var runs = Enumerable.Range(0, 4).Select(_ => machine.Start()).ToArray();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (machine.Plugins.VCpus.Count < 4)
            Thread.Yield();
        var flushesBefore = machine.Machine.Code.Flushes;
        probe.Host.Uninstall(() =>
        {
            insideAtDone = Volatile.Read(ref inside);
            flushesAtDone = machine.Machine.Code.Flushes;
            done.SetResult();
        });
        await done.Task;
        StopAll(machine);
        await Task.WhenAll(runs);

        await Assert.That(insideAtDone).IsEqualTo(0);
        await Assert.That(flushesAtDone > flushesBefore).IsTrue();
    }

    [Test]
    public async Task R69_callbacks_may_come_until_done_and_none_after()
    {
        using var machine = new TestMachine(Endless);
        var (executions, atDone, late) = (0L, -1L, 0);
        var isDone = false;
        var probe = machine.Install(new Probe
        {
            Translating = (self, block) =>
            {
                if (Volatile.Read(ref isDone))
                    Interlocked.Increment(ref late);
                Probe.EachInstruction(self, block);
            },
            Executing = (_, _) =>
            {
                if (Volatile.Read(ref isDone))
                    Interlocked.Increment(ref late);
                Interlocked.Increment(ref executions);
            },
        });
        var watcher = machine.Install(new Probe { Translating = Probe.EachInstruction, Executing = (_, _) => { } });
        var runs = Enumerable.Range(0, 4).Select(_ => machine.Start()).ToArray();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (Volatile.Read(ref executions) < 10_000)
            Thread.Yield();
        probe.Host.Uninstall(() =>
        {
            atDone = Volatile.Read(ref executions);
            Volatile.Write(ref isDone, true);
            done.SetResult();
        });
        await done.Task;

        // The guest goes on: another plugin sees it.
        var more = 0L;
        watcher.Executing = (_, _) => Interlocked.Increment(ref more);
        while (Volatile.Read(ref more) < 10_000)
            Thread.Yield();
        StopAll(machine);
        await Task.WhenAll(runs);

        await Assert.That(executions).IsEqualTo(atDone);
        await Assert.That(late).IsEqualTo(0);
        await Assert.That((await Assert.That(machine.Plugins.Plugins).HasSingleItem()).Plugin).IsSameReferenceAs(watcher);
    }

    [Test]
    [Arguments(From.Exec)]
    [Arguments(From.Memory)]
    [Arguments(From.Translate)]
    [Arguments(From.Init)]
    [Arguments(From.Exit)]
    [Arguments(From.Idle)]
    [Arguments(From.Resume)]
    [Arguments(From.Flush)]
    public async Task R70_from_any_callback_and_a_second_time_is_an_error_that_does_nothing(From place)
    {
        using var machine = new TestMachine(StoreAndCall);
        var (asked, done) = (false, 0);
        Exception? second = null;
        Probe probe = null!;
        probe = new Probe
        {
            Translating = (self, block) =>
            {
                Ask(From.Translate);
                Probe.EachInstruction(self, block);
                foreach (var insn in block)
                    Probe.OnMemory(insn, AccessKind.Write);
            },
            Executing = (_, _) => Ask(From.Exec),
            Accessing = (_, _, _) => Ask(From.Memory),
            Starting = _ => Ask(From.Init),
            Ending = _ => Ask(From.Exit),
            Idling = _ => Ask(From.Idle),
            Resuming = _ => Ask(From.Resume),
            Flushed = () => Ask(From.Flush),
        };
        machine.Install(probe);
        machine.System.Syscall = (vcpu, _) =>
        {
            machine.Plugins.VCpuIdle(vcpu);
            machine.Plugins.VCpuResumed(vcpu);
            machine.Machine.FlushCode();
        };
        machine.Run();

        await Assert.That(asked).IsTrue();
        await Assert.That(done).IsEqualTo(1);
        await Assert.That(second).IsNotNull();
        await Assert.That(machine.Plugins.Plugins).IsEmpty();
        await Assert.That(machine.Log).IsEmpty();

        void Ask(From here)
        {
            if (here != place || asked)
                return;
            asked = true;
            probe.Host.Uninstall(() => done++);
            second = Assert.ThrowsExactly<InvalidOperationException>(() => probe.Host.Uninstall(() => done += 100));
        }
    }

    [Test]
    public async Task R70_from_the_exit_event_as_well()
    {
        using var machine = new TestMachine(StoreAndCall);
        var done = 0;
        Probe probe = null!;
        probe = machine.Install(new Probe { Exiting = _ => probe.Host.Uninstall(() => done++) });
        machine.Run();
        machine.Exit();
        SpinWait.SpinUntil(() => Volatile.Read(ref done) > 0, TimeSpan.FromSeconds(30));
        await Assert.That(done).IsEqualTo(1);
        await Assert.That(machine.Plugins.Plugins).IsEmpty();
    }

    [Test]
    public async Task R70_the_scoreboards_can_be_read_until_done_and_are_freed_then()
    {
        using var machine = new TestMachine(Programs.Loop(1000));
        Scoreboard<ulong> board = null!;
        var sumAtDone = 0UL;
        var calls = 0UL;
        Probe probe = null!;
        probe = machine.Install(new Probe
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
            Executing = (_, _) =>
            {
                if (++calls == 500)
                    probe.Host.Uninstall(() => sumAtDone = board.Entry().Sum());
            },
        });
        machine.Run();
        await Assert.That(sumAtDone).IsEqualTo(calls);
        Assert.ThrowsExactly<ObjectDisposedException>(() => board.Entry().Sum());
        Assert.ThrowsExactly<InvalidOperationException>(() => probe.Host.NewScoreboard<ulong>());
    }

    [Test]
    public async Task R78_a_plugin_that_holds_a_lock_of_its_own_when_it_asks_does_not_deadlock()
    {
        using var machine = new TestMachine(Endless);
        var own = new Lock();
        var done = new ManualResetEventSlim();
        var executions = 0;
        Probe probe = null!;
        probe = machine.Install(new Probe
        {
            Translating = Probe.EachInstruction,
            Executing = (_, _) =>
            {
                lock (own)
                    Volatile.Write(ref executions, executions + 1);
            },
        });
        var run = machine.Start();
        while (Volatile.Read(ref executions) == 0)
            Thread.Yield();
        lock (own)
            probe.Host.Uninstall(done.Set);
        done.Wait(TestContext.Current!.Execution.CancellationToken);
        StopAll(machine);
        await run.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current!.Execution.CancellationToken);
    }

    private static void StopAll(TestMachine machine)
    {
        foreach (var vcpu in machine.Machine.VCpus)
        {
            vcpu.StopRequested = true;
            vcpu.Kick();
        }
    }

    private static void Endless(Assembler code)
    {
        var top = new Label();
        code.Place(top);
        code.Addi(XRegister.T0, XRegister.T0, 1);
        code.Jal(XRegister.Zero, top);
    }

    private static void StoreAndCall(Assembler code)
    {
        code.Sd(XRegister.Zero, XRegister.S0, 0);
        code.Addi(XRegister.A7, XRegister.Zero, 1);
        code.Ecall();
        code.Sd(XRegister.Zero, XRegister.S0, 0);
    }
}
