using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class DeadTempsTests
{
    [Test]
    public async Task AnUnreadChainIsRemoved() => await Rewrites(
        PassSet.DeadTemps,
        """
        %0 = Add a0, a1
        %1 = Shl %0, 0x2
        _ = Mov %1
        a2 = Mov a3
        """,
        "a2 = Mov a3");

    [Test]
    public async Task WhatIsReadStays() => await Keeps(PassSet.DeadTemps, "%0 = Add a0, a1\na2 = Shl %0, 0x2");

    [Test]
    [Arguments("%0 = Load.8 [a1]")]
    [Arguments("%0 = AtomicAdd.8 a1, a2")]
    [Arguments("%0 = FloatAdd.8 f1, f2")]
    [Arguments("_ = Load.8 [a1]")]
    public async Task WhatHasAnotherEffectStays(string insn) => await Keeps(PassSet.DeadTemps, insn);

    [Test]
    public async Task AResultThatIsOnlyMovedOnGoesThereAtOnce() => await Rewrites(
        PassSet.DeadTemps,
        """
        %0 = Load.8 [a0]
        a0 = Mov %0
        """,
        "a0 = Load.8 [a0]");

    [Test]
    [Arguments("%0 = Load.8 [a0]\na0 = Mov %0\na1 = Mov %0")]
    [Arguments("%0 = Load.8 [a0]\na1 = Mov a0\na0 = Mov %0")]
    public async Task AResultThatIsReadElsewhereStaysAside(string body) => await Keeps(PassSet.DeadTemps, body);

    [Test]
    public async Task RegistersAreNotTemporaries() => await Keeps(PassSet.DeadTemps, "a0 = Mov 0x1\na0 = Mov 0x2");
}
