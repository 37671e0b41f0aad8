using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Standard;

/// <summary>The plugins that prove or show what the engine promises.</summary>
public class SelfTestPluginTests
{
    [Test]
    public async Task R39_inline_counts_the_same_in_all_ways()
    {
        using var machine = new TestMachine(static code =>
        {
            Programs.Loop(1000)(code);
            code.Sd(XRegister.T0, XRegister.S0, 0);
            code.Ld(XRegister.T2, XRegister.S0, 0);
        });
        machine.InstallNamed("inline");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo("cpu 0: blocks 1001 1001 1001, insns 2006 2006, accesses 2 2, wrong stores 0\n");
    }

    [Test]
    public async Task R71_reset_says_what_becomes_of_it()
    {
        using var machine = new TestMachine(Programs.Loop(1_000_000));
        machine.InstallNamed("reset");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo("");
        await Assert.That(machine.Log).IsEquivalentTo(["reset done", "uninstall done"], CollectionOrdering.Matching);
    }
}
