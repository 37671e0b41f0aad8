using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.MemoryAccesses;

public class ParallelAccessTests
{
    private const ulong ReadOnlyData = 0x60000;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Test]
    public async Task R48_an_instruction_without_an_access_makes_no_callback()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.S0, 8);
            code.Mul(XRegister.T1, XRegister.T0, XRegister.T0);
            code.Sd(XRegister.T1, XRegister.S0, 0);
            code.Lui(XRegister.T2, 0x1000);
        });
        var places = new List<ulong>();
        machine.Install(new Probe { Translating = EveryAccess, Accessing = (vcpu, _, _) => places.Add(vcpu.ProgramCounter) });
        machine.Run();
        await Assert.That(places).IsEquivalentTo([TestMachine.Code + 8], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R48_other_threads_run_on_during_a_callback()
    {
        // The first vCPU's only access does not return from its callback before the second vCPU has run to its end.
        using var machine = new TestMachine(code => code.Sd(XRegister.Zero, XRegister.S0, 0));
        using var inside = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var hasWaited = false;
        machine.Install(new Probe
        {
            Translating = EveryAccess,
            Accessing = (vcpu, _, _) =>
            {
                if (vcpu.ThreadId != 1)
                    return;
                inside.Set();
                hasWaited = ended.Wait(Long);
            },
        });
        var first = machine.Start();
        await Assert.That(inside.Wait(Long)).IsTrue();
        await machine.Start();
        ended.Set();
        await first;
        await Assert.That(hasWaited).IsTrue();
    }

    [Test]
    public async Task R49_an_interrupted_instruction_leaves_nothing_to_the_next_access()
    {
        // Twice the same code: first it faults in its middle, at an atomic operation on memory that can only be read, then it runs through on the same vCPU index.
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 7);
            code.AmoaddD(XRegister.T1, XRegister.A0, XRegister.T0, 0);
            code.Sw(XRegister.T0, XRegister.S0, 16);
            code.Lbu(XRegister.T2, XRegister.S0, 16);
        });
        machine.Memory.MapAnonymous(ReadOnlyData, GuestMemory.PageSize, PagePermissions.Read);
        var (seen, count) = (new List<string>(), default(ScoreboardEntry));
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => count = self.Host.NewScoreboard<ulong>().Entry(),
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnMemory(AccessKind.ReadWrite, count, 1);
                    Probe.OnMemory(insn, AccessKind.ReadWrite);
                }
            },
            Accessing = (vcpu, access, _) => seen.Add($"{vcpu.ThreadId}: {(access.IsStore ? "store" : "load")} {access.Size} {access.Address:x} {access.Value:x}"),
        });
        machine.Run(static vcpu => vcpu.Register(RiscVState.OffsetOf(XRegister.A0)) = ReadOnlyData);
        await Assert.That(machine.System.Fault!.Value.Address).IsEqualTo(ReadOnlyData);
        await Assert.That(seen).IsEmpty();
        machine.Run(static vcpu => vcpu.Register(RiscVState.OffsetOf(XRegister.A0)) = TestMachine.Data);
        await Assert.That(seen).IsEquivalentTo(["2: load 8 40000 0", "2: store 8 40000 7", "2: store 4 40010 7", "2: load 1 40010 7"], CollectionOrdering.Matching);
        await Assert.That(count.Sum()).IsEqualTo(4UL);
    }

    private static void EveryAccess(Probe probe, TranslationBlock block)
    {
        foreach (var insn in block)
            Probe.OnMemory(insn, AccessKind.ReadWrite);
    }
}
