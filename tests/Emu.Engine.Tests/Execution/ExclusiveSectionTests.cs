using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Engine.Tests.Machines;
using Emu.Guest.RiscV;
using TUnit.Assertions.Enums;

namespace Emu.Engine.Tests.Execution;

/// <summary>In an exclusive section no vCPU is in translated code, whoever asked for it.</summary>
public sealed class ExclusiveSectionTests
{
    private const int VCpus = 8;

    private static readonly int A0 = TestMachine.Offset(XRegister.A0);

    [Test]
    public async Task Nobody_is_in_translated_code_while_a_section_runs()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpus = machine.Start(VCpus);
        for (var section = 0; section < 40; section++)
        {
            var isPending = false;
            int[] inside = [];
            ulong[] before = [], after = [];
            machine.Machine.Exclusive.Run(() =>
            {
                isPending = machine.Machine.Exclusive.IsPending;
                before = Counts(vcpus);
                inside = [.. vcpus.Select(vcpu => Volatile.Read(ref vcpu.InTranslatedCode))];
                Thread.Yield();
                after = Counts(vcpus);
            });
            await Assert.That(isPending).IsTrue();
            await Assert.That(inside).IsEquivalentTo(new int[VCpus], CollectionOrdering.Matching);
            await Assert.That(after).IsEquivalentTo(before, CollectionOrdering.Matching);
        }

        await Assert.That(machine.Machine.Exclusive.IsPending).IsFalse();
    }

    [Test]
    public void Vcpus_go_on_after_a_section()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpus = machine.Start(VCpus);
        for (var section = 0; section < 3; section++)
        {
            ulong[] before = [];
            machine.Machine.Exclusive.Run(() => before = Counts(vcpus));
            TestMachine.Until(() => Counts(vcpus).Zip(before).All(pair => pair.First > pair.Second), "every vCPU counts on");
        }
    }

    [Test]
    public async Task Sections_that_vcpus_ask_for_in_system_calls_never_overlap()
    {
        const int calls = 50;
        using var machine = new TestMachine(code =>
        {
            code.Repeat(calls, () => code.Call(1));
            code.Exit();
        });
        var (inside, sections) = (0, 0);
        machine.System.Syscall = (_, _) => machine.Machine.Exclusive.Run(() =>
        {
            if (Interlocked.Increment(ref inside) != 1)
                Assert.Fail("two sections run at once");
            // One that is about to enter says so before it sees that it must not, and takes it back.
            TestMachine.Until(() => machine.Machine.VCpus.All(vcpu => Volatile.Read(ref vcpu.InTranslatedCode) == 0), "no vCPU stays in translated code");
            sections++;
            Interlocked.Decrement(ref inside);
        });
        machine.Start(VCpus);
        machine.Join();
        await Assert.That(sections).IsEqualTo(VCpus * calls);
    }

    [Test]
    public async Task Sections_from_queued_work_and_from_outside_exclude_each_other()
    {
        const int posts = 20;
        using var machine = new TestMachine(Programs.CountForever);
        var vcpus = machine.Start(VCpus);
        var sections = 0;
        for (var post = 0; post < posts; post++)
        {
            foreach (var vcpu in vcpus)
                vcpu.Post(_ => machine.Machine.Exclusive.Run(() => sections++));
            machine.Machine.Exclusive.Run(() => sections++);
        }

        machine.Stop();
        await Assert.That(sections).IsEqualTo(posts * (VCpus + 1));
    }

    [Test]
    public async Task Sections_nest_on_one_thread()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpus = machine.Start(2);
        var reached = false;
        machine.Machine.Exclusive.Run(() => machine.Machine.Exclusive.Run(() =>
        {
            machine.Machine.FlushCode();
            reached = true;
        }));
        await Assert.That(reached).IsTrue();
        await Assert.That(machine.Machine.Exclusive.IsPending).IsFalse();
        var before = Counts(vcpus);
        TestMachine.Until(() => Counts(vcpus).Zip(before).All(pair => pair.First > pair.Second), "vCPUs go on after nested sections");
    }

    [Test]
    public async Task A_section_ends_when_its_action_throws()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpus = machine.Start(1);
        Assert.ThrowsExactly<InvalidDataException>(() => machine.Machine.Exclusive.Run(() => throw new InvalidDataException()));
        await Assert.That(machine.Machine.Exclusive.IsPending).IsFalse();
        var before = Counts(vcpus);
        TestMachine.Until(() => Counts(vcpus)[0] > before[0], "the vCPU goes on");
    }

    [Test]
    public async Task A_vcpu_inside_translated_code_may_not_ask_for_a_section()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpu = machine.AddVCpu();
        var refused = await Task.Run(() =>
        {
            vcpu.BindToThread();
            machine.Machine.Exclusive.Enter(vcpu);
            try
            {
                return Assert.ThrowsExactly<InvalidOperationException>(() => machine.Machine.Exclusive.Run(() => { }));
            }
            finally
            {
                machine.Machine.Exclusive.Leave(vcpu);
                VCpuContext.UnbindFromThread();
            }
        }, TestContext.Current!.Execution.CancellationToken);
        await Assert.That(refused.Message).Contains($"vCPU {vcpu.Index}");
        await Assert.That(machine.Machine.Exclusive.IsPending).IsFalse();
    }

    [Test]
    public async Task A_vcpu_that_is_blocked_in_a_system_call_is_outside()
    {
        using var machine = new TestMachine(code =>
        {
            code.Call(1);
            code.Exit();
        });
        using var blocked = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        machine.System.Syscall = (_, _) =>
        {
            blocked.Set();
            go.Wait();
        };
        machine.Start(1);
        TestMachine.Until(() => blocked.IsSet, "the vCPU makes its call");
        var ran = false;
        machine.Machine.Exclusive.Run(() => ran = true);
        await Assert.That(ran).IsTrue();
        go.Set();
        machine.Join();
    }

    [Test]
    public async Task Vcpus_come_and_go_while_others_run_and_sections_are_held()
    {
        using var machine = new TestMachine(Programs.CountForever);
        var vcpus = machine.Start(2);
        for (var round = 0; round < 20; round++)
        {
            var added = machine.Machine.AddVCpu();
            await Assert.That(added.Index).IsEqualTo(2);
            await Assert.That(added.ThreadId).IsEqualTo(round + 3);
            machine.Machine.RemoveVCpu(added);
        }

        await Assert.That(machine.Machine.VCpuCapacity).IsEqualTo(3);
        await Assert.That(machine.Machine.VCpus).IsEquivalentTo(vcpus, CollectionOrdering.Matching);
    }

    private static ulong[] Counts(VCpuContext[] vcpus) => [.. vcpus.Select(vcpu => Volatile.Read(ref vcpu.Register(A0)))];
}
