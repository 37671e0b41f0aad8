using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class DeadTempsTests
{
    [Test]
    public void AnUnreadChainIsRemoved() => Rewrites(
        PassSet.DeadTemps,
        """
        %0 = Add a0, a1
        %1 = Shl %0, 0x2
        _ = Mov %1
        a2 = Mov a3
        """,
        "a2 = Mov a3");

    [Test]
    public void WhatIsReadStays() => Keeps(PassSet.DeadTemps, "%0 = Add a0, a1\na2 = Shl %0, 0x2");

    [Test]
    [Arguments("%0 = Load.8 [a1]")]
    [Arguments("%0 = AtomicAdd.8 a1, a2")]
    [Arguments("%0 = FloatAdd.8 f1, f2")]
    [Arguments("_ = Load.8 [a1]")]
    public void WhatHasAnotherEffectStays(string insn) => Keeps(PassSet.DeadTemps, insn);

    [Test]
    public void AResultThatIsOnlyMovedOnGoesThereAtOnce() => Rewrites(
        PassSet.DeadTemps,
        """
        %0 = Load.8 [a0]
        a0 = Mov %0
        """,
        "a0 = Load.8 [a0]");

    [Test]
    [Arguments("%0 = Load.8 [a0]\na0 = Mov %0\na1 = Mov %0")]
    [Arguments("%0 = Load.8 [a0]\na1 = Mov a0\na0 = Mov %0")]
    public void AResultThatIsReadElsewhereStaysAside(string body) => Keeps(PassSet.DeadTemps, body);

    [Test]
    public void RegistersAreNotTemporaries() => Keeps(PassSet.DeadTemps, "a0 = Mov 0x1\na0 = Mov 0x2");
}
