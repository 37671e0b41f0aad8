using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.MemoryAccesses;

/// <summary>What plugins are told of instructions of newer extensions: R46 for compare-and-swap, and of cache blocks.</summary>
public class CompareAndSwapTests
{
    [Test]
    public async Task R46_a_compare_and_swap_is_a_load_and_if_it_succeeds_a_store()
    {
        using var machine = new TestMachine(static code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, -3);
            code.Addi(XRegister.T1, XRegister.Zero, 5);
            code.Sd(XRegister.T0, XRegister.S0, 0);
            code.AmocasW(XRegister.A0, XRegister.S0, XRegister.T1, 0); // a0 is 0: fails, and is -3 afterwards
            code.AmocasW(XRegister.A0, XRegister.S0, XRegister.T1, 0);
            code.AmocasB(XRegister.Zero, XRegister.S0, XRegister.T1, 0);
            code.AmoaddH(XRegister.A1, XRegister.S0, XRegister.T0, 0);
        });
        var seen = Watch(machine);
        machine.Run();
        await Assert.That(seen).IsEquivalentTo((string[])
            [
                "store 8 +0 fffffffffffffffd", "load 4 +0 fffffffd signed", "load 4 +0 fffffffd signed", "store 4 +0 5", "load 1 +0 5 signed",
                "load 2 +0 5 signed", "store 2 +0 2",
            ]);
    }

    [Test]
    public async Task R46_a_compare_and_swap_of_a_pair_is_two_accesses_whatever_registers_are_used()
    {
        using var machine = new TestMachine(static code =>
        {
            code.Addi(XRegister.A2, XRegister.Zero, 7);
            code.Addi(XRegister.A3, XRegister.Zero, 9);
            code.AmocasQ(XPair.A4, XRegister.S0, XPair.A2, 0); // a4, a5 are 0 as memory is
            code.AmocasQ(XPair.A4, XRegister.S0, XPair.A4, 0); // fails: 0, 0 against 7, 9
            code.AmocasQ(XPair.A4, XRegister.S0, XPair.Zero, 0);
        });
        var seen = Watch(machine);
        machine.Run();
        await Assert.That(seen).IsEquivalentTo((string[])
            [
                "load 8 +0 0 signed", "load 8 +8 0 signed", "store 8 +0 7", "store 8 +8 9",
                "load 8 +0 7 signed", "load 8 +8 9 signed",
                "load 8 +0 7 signed", "load 8 +8 9 signed", "store 8 +0 0", "store 8 +8 0",
            ]);
    }

    [Test]
    public async Task A_cache_block_of_zeros_is_eight_stores_and_a_prefetch_is_nothing()
    {
        using var machine = new TestMachine(static code =>
        {
            code.CboZero(XRegister.S0);
            code.PrefetchW(XRegister.S0, 32);
            code.CboFlush(XRegister.S0);
        });
        var seen = Watch(machine);
        machine.Run();
        await Assert.That(seen).IsEquivalentTo([.. Enumerable.Range(0, 8).Select(static part => $"store 8 +{8 * part:x} 0"), "load 1 +0 0"]);
    }

    private static List<string> Watch(TestMachine machine)
    {
        var seen = new List<string>();
        machine.Install(new Probe
        {
            Translating = static (_, block) =>
            {
                foreach (var insn in block)
                    Probe.OnMemory(insn, AccessKind.ReadWrite);
            },
            Accessing = (_, access, _) => seen.Add(
                $"{(access.IsStore ? "store" : "load")} {access.Size} +{access.Address - TestMachine.Data:x} {access.Value:x}{(access.IsSignExtended ? " signed" : "")}"),
        });
        return seen;
    }
}
