using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.MemoryAccesses;

public class MemoryAccessTests
{
    private const uint Unordered = 0;

    [Test]
    public async Task R43_a_callback_comes_after_a_successful_access_only()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 42);
            code.Sd(XRegister.T0, XRegister.S0, 0);
            code.Sd(XRegister.T0, XRegister.Zero, 0);
        });
        var seen = new List<string>();
        var stored = new List<ulong>();
        machine.Install(new Probe
        {
            Translating = EveryAccess,
            Accessing = (_, access, _) =>
            {
                seen.Add(Show(access));
                if (machine.Memory.TryRead(TestMachine.Data, out ulong value))
                    stored.Add(value);
            },
        });
        machine.Run();
        await Assert.That(seen).IsEquivalentTo(["store 8 +0 2a"], CollectionOrdering.Matching);
        await Assert.That(stored).IsEquivalentTo([42UL], CollectionOrdering.Matching);
        await Assert.That(machine.System.Fault).IsNotNull();
    }

    [Test]
    public async Task R44_an_access_tells_all_about_itself()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, -2);
            code.Sb(XRegister.T0, XRegister.S0, 1);
            code.Sh(XRegister.T0, XRegister.S0, 2);
            code.Sw(XRegister.T0, XRegister.S0, 4);
            code.Sd(XRegister.T0, XRegister.S0, 8);
            code.Lb(XRegister.T1, XRegister.S0, 1);
            code.Lbu(XRegister.T1, XRegister.S0, 1);
            code.Lh(XRegister.T1, XRegister.S0, 2);
            code.Lhu(XRegister.T1, XRegister.S0, 2);
            code.Lw(XRegister.T1, XRegister.S0, 4);
            code.Lwu(XRegister.T1, XRegister.S0, 4);
            code.Ld(XRegister.T1, XRegister.S0, 8);
            code.Flw(FRegister.Ft0, XRegister.S0, 4);
            code.Fld(FRegister.Ft0, XRegister.S0, 8);
            code.Fsw(FRegister.Ft0, XRegister.S0, 16);
            code.Fsd(FRegister.Ft0, XRegister.S0, 24);
        });
        var seen = Watch(machine, AccessKind.ReadWrite);
        machine.Run();
        await Assert.That(seen).IsEquivalentTo([
                "store 1 +1 fe", "store 2 +2 fffe", "store 4 +4 fffffffe", "store 8 +8 fffffffffffffffe",
                "load 1 +1 fe signed", "load 1 +1 fe", "load 2 +2 fffe signed", "load 2 +2 fffe", "load 4 +4 fffffffe signed", "load 4 +4 fffffffe",
                "load 8 +8 fffffffffffffffe", "load 4 +4 fffffffe", "load 8 +8 fffffffffffffffe", "store 4 +10 fffffffe", "store 8 +18 fffffffffffffffe",
            ], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R44_the_vCPU_is_the_one_that_accesses()
    {
        using var machine = new TestMachine(code => code.Sd(XRegister.Zero, XRegister.S0, 0));
        var seen = new List<VCpuId>();
        machine.Install(new Probe { Translating = EveryAccess, Accessing = (vcpu, _, _) => seen.Add(vcpu.Id) });
        machine.Run();
        machine.Run();
        await Assert.That(seen).IsEquivalentTo([new VCpuId(0, 1), new VCpuId(0, 2)], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R44_operands_that_the_instruction_overwrites_are_those_of_before()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.S0, 64);
            code.Sd(XRegister.T0, XRegister.S0, 8);
            code.Addi(XRegister.A0, XRegister.S0, 0);
            code.Ld(XRegister.A0, XRegister.A0, 8);
            code.Ld(XRegister.A0, XRegister.A0, 0);
            code.Ld(XRegister.Zero, XRegister.S0, 8);
        });
        var seen = Watch(machine, AccessKind.Read);
        machine.Run();
        await Assert.That(seen).IsEquivalentTo(["load 8 +8 40040", "load 8 +40 0", "load 8 +8 40040"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(AccessKind.Read, 3)]
    [Arguments(AccessKind.Write, 2)]
    [Arguments(AccessKind.ReadWrite, 5)]
    [Arguments(AccessKind.None, 0)]
    public async Task R45_the_filter_holds_for_callbacks_and_inline_operations(AccessKind kind, int expected)
    {
        using var machine = new TestMachine(code =>
        {
            code.Sd(XRegister.Zero, XRegister.S0, 0);
            code.Ld(XRegister.T0, XRegister.S0, 0);
            code.LrD(XRegister.T0, XRegister.S0, Unordered);
            code.AmoaddD(XRegister.T0, XRegister.S0, XRegister.T1, Unordered);
        });
        var (added, stored) = (default(ScoreboardEntry), default(ScoreboardEntry));
        var calls = 0;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) =>
            {
                added = self.Host.NewScoreboard<ulong>().Entry();
                stored = self.Host.NewScoreboard<ulong>().Entry();
            },
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnMemory(kind, added, 1);
                    insn.StoreOnMemory(kind, stored, 7);
                    Probe.OnMemory(insn, kind);
                }
            },
            Accessing = (_, _, _) => calls++,
        });
        machine.Run();
        await Assert.That(calls).IsEqualTo(expected);
        await Assert.That(added.Sum()).IsEqualTo((ulong)expected);
        await Assert.That(stored.Sum()).IsEqualTo(kind == AccessKind.None ? 0UL : 7UL);
    }

    [Test]
    public async Task R46_an_atomic_operation_is_a_load_then_a_store()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, -3);
            code.Addi(XRegister.T1, XRegister.Zero, 5);
            code.Sd(XRegister.T0, XRegister.S0, 0);
            code.AmoswapD(XRegister.A0, XRegister.S0, XRegister.T1, Unordered);
            code.AmoaddD(XRegister.A0, XRegister.S0, XRegister.T1, Unordered);
            code.AmoandD(XRegister.A0, XRegister.S0, XRegister.T1, Unordered);
            code.AmoorD(XRegister.A0, XRegister.S0, XRegister.T1, Unordered);
            code.AmoxorD(XRegister.A0, XRegister.S0, XRegister.T0, Unordered);
            code.AmominD(XRegister.A0, XRegister.S0, XRegister.T1, Unordered);
            code.AmomaxD(XRegister.A0, XRegister.S0, XRegister.T1, Unordered);
            code.AmominuD(XRegister.A0, XRegister.S0, XRegister.T0, Unordered);
            code.AmomaxuD(XRegister.A0, XRegister.S0, XRegister.T0, Unordered);
        });
        var seen = Watch(machine, AccessKind.ReadWrite)!;
        machine.Run();
        await Assert.That(seen).IsEquivalentTo([
                "store 8 +0 fffffffffffffffd",
                "load 8 +0 fffffffffffffffd signed", "store 8 +0 5",
                "load 8 +0 5 signed", "store 8 +0 a",
                "load 8 +0 a signed", "store 8 +0 0",
                "load 8 +0 0 signed", "store 8 +0 5",
                "load 8 +0 5 signed", "store 8 +0 fffffffffffffff8",
                "load 8 +0 fffffffffffffff8 signed", "store 8 +0 fffffffffffffff8",
                "load 8 +0 fffffffffffffff8 signed", "store 8 +0 5",
                "load 8 +0 5 signed", "store 8 +0 5",
                "load 8 +0 5 signed", "store 8 +0 fffffffffffffffd",
            ], CollectionOrdering.Matching);
    }

    /// <summary>Registers may coincide and the result may be dropped; whatever happens, what is told to have been stored is what is in memory.</summary>
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    public async Task R46_what_is_told_to_be_stored_is_in_memory_whatever_registers_are_used(int seed)
    {
        var random = new Random(seed);
        XRegister[] results = [XRegister.Zero, XRegister.A0, XRegister.A1, XRegister.A2];
        using var machine = new TestMachine();
        machine.Load(code =>
        {
            for (var i = 0; i < 200; i++)
            {
                code.Addi(XRegister.A1, XRegister.Zero, random.Next(-2048, 2048));
                code.Addi(XRegister.A2, XRegister.S0, 8 * random.Next(4));
                Atomic(code, random.Next(18), results[random.Next(results.Length)], XRegister.A2, random.Next(4) == 0 ? XRegister.A2 : XRegister.A1);
            }
        });
        var (wrong, stores) = (new List<string>(), 0);
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    Probe.OnMemory(insn, AccessKind.Write);
            },
            Accessing = (vcpu, access, _) =>
            {
                stores++;
                var bytes = new byte[8];
                vcpu.TryReadMemory(access.Address, bytes.AsSpan(0, access.Size));
                if (BitConverter.ToUInt64(bytes) != access.Value)
                    wrong.Add($"0x{vcpu.ProgramCounter:x}: {Show(access)}, memory holds {BitConverter.ToUInt64(bytes):x} (seed {seed})");
            },
        });
        machine.Run();
        await Assert.That(wrong).IsEmpty();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(stores).IsEqualTo(200);
    }

    [Test]
    public async Task R46_a_store_conditional_is_told_if_it_succeeds()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 9);
            code.LrD(XRegister.A0, XRegister.S0, Unordered);
            code.ScD(XRegister.A0, XRegister.S0, XRegister.T0, Unordered);
            code.ScD(XRegister.A0, XRegister.S0, XRegister.T0, Unordered);
            code.LrD(XRegister.A0, XRegister.S0, Unordered);
            code.ScD(XRegister.Zero, XRegister.S0, XRegister.T0, Unordered);
            code.ScD(XRegister.T0, XRegister.S0, XRegister.T0, Unordered);
            code.Sd(XRegister.T0, XRegister.S0, 8);
        });
        var count = default(ScoreboardEntry);
        var seen = new List<string>();
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => count = self.Host.NewScoreboard<ulong>().Entry(),
            Translating = (probe, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnMemory(AccessKind.Write, count, 1);
                    Probe.OnMemory(insn, AccessKind.ReadWrite);
                    insn.AddOnMemory(AccessKind.Write, count, 10);
                }
            },
            Accessing = (_, access, _) => seen.Add(Show(access)),
        });
        machine.Run();
        await Assert.That(seen).IsEquivalentTo(["load 8 +0 0 signed", "store 8 +0 9", "load 8 +0 9 signed", "store 8 +0 9", "store 8 +8 1"], CollectionOrdering.Matching);
        await Assert.That(count.Sum()).IsEqualTo(33UL);
    }

    [Test]
    public async Task R46_a_misaligned_access_is_one_access()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, -1);
            code.Addi(XRegister.T1, XRegister.S0, 2047);
            code.Addi(XRegister.T1, XRegister.T1, 2046);
            code.Sd(XRegister.T0, XRegister.T1, 0);
            code.Ld(XRegister.T0, XRegister.T1, 0);
        });
        var seen = Watch(machine, AccessKind.ReadWrite);
        machine.Run();
        await Assert.That(seen).IsEquivalentTo(["store 8 +ffd ffffffffffffffff", "load 8 +ffd ffffffffffffffff"], CollectionOrdering.Matching);
    }

    private static void EveryAccess(Probe probe, TranslationBlock block)
    {
        foreach (var insn in block)
            Probe.OnMemory(insn, AccessKind.ReadWrite);
    }

    private static List<string> Watch(TestMachine machine, AccessKind kind)
    {
        var seen = new List<string>();
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    Probe.OnMemory(insn, kind);
            },
            Accessing = (_, access, _) => seen.Add(Show(access)),
        });
        return seen;
    }

    private static string Show(MemoryAccess access) =>
        $"{(access.IsStore ? "store" : "load")} {access.Size} +{access.Address - TestMachine.Data:x} {access.Value:x}{(access.IsSignExtended ? " signed" : "")}{(access.IsBigEndian ? " big" : "")}";

    private static void Atomic(Assembler code, int which, XRegister result, XRegister address, XRegister operand)
    {
        Action<XRegister, XRegister, XRegister, uint>[] operations =
        [
            code.AmoswapW, code.AmoaddW, code.AmoandW, code.AmoorW, code.AmoxorW, code.AmominW, code.AmomaxW, code.AmominuW, code.AmomaxuW,
            code.AmoswapD, code.AmoaddD, code.AmoandD, code.AmoorD, code.AmoxorD, code.AmominD, code.AmomaxD, code.AmominuD, code.AmomaxuD,
        ];
        operations[which](result, address, operand, Unordered);
    }
}
