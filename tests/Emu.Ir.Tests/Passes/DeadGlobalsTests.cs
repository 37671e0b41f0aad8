using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class DeadGlobalsTests
{
    [Test]
    public void AnOverwrittenValueIsRemoved() => Rewrites(
        PassSet.DeadGlobals,
        """
        a0 = Mov 0x12000
        a1 = Add a2, 0x1
        a0 = Mov 0x12345
        """,
        """
        a1 = Add a2, 0x1
        a0 = Mov 0x12345
        """);

    [Test]
    public void AChainOfOverwrittenValuesIsRemoved() => Rewrites(
        PassSet.DeadGlobals,
        """
        a0 = Mov 0x1
        a1 = Add a0, 0x1
        a1 = Mov 0x2
        a0 = Mov 0x3
        """,
        """
        a1 = Mov 0x2
        a0 = Mov 0x3
        """);

    [Test]
    [Arguments("a1 = Add a0, 0x1")]
    [Arguments("a1 = Load.8 [a2]")]
    [Arguments("Store.8 [a2], a3")]
    [Arguments("a1 = AtomicAdd.8 a2, a3")]
    [Arguments("Fence")]
    public void AReaderOrBarrierKeepsIt(string between) => Keeps(PassSet.DeadGlobals, $"a0 = Mov 0x1\n{between}\na0 = Mov 0x2");

    [Test]
    [Arguments("PluginExec #0")]
    [Arguments("PluginMem.8 a1, a2, #0")]
    [Arguments("ScoreboardAdd #0")]
    public void APluginKeepsIt(string between) => Keeps(PassSet.DeadGlobals, $"hook callback=0x1\na0 = Mov 0x1\n{between}\na0 = Mov 0x2");

    [Test]
    public void TheLastWriteStays() => Keeps(PassSet.DeadGlobals, "a0 = Mov 0x1");

    [Test]
    public void ALoadThatFaultsMustLeaveTheOldValue() => Keeps(PassSet.DeadGlobals, "a0 = Mov 0x1\na0 = Load.8 [a1]");

    [Test]
    public void AccumulatedFlagsKeepAnOverwrittenResult() => Keeps(PassSet.DeadGlobals, "f0 = FloatAdd.8 f1, f2\nf0 = Mov 0x0");

    [Test]
    public void ADynamicRoundingModeMayBeNone() => Keeps(PassSet.DeadGlobals, "a0 = Mov 0x1\nf0 = FloatAdd.8.dyn f1, f2\na0 = Mov 0x2");

    [Test]
    public void AStaticRoundingModeIsNoBarrier() => Rewrites(
        PassSet.DeadGlobals,
        """
        a0 = Mov 0x1
        f0 = FloatAdd.8.rtz f1, f2
        a0 = Mov 0x2
        """,
        """
        f0 = FloatAdd.8.rtz f1, f2
        a0 = Mov 0x2
        """);

    [Test]
    public void HeaderFieldsAreVolatile() => Keeps(PassSet.DeadGlobals, "hdr = Mov 0x1\nhdr = Mov 0x2");

    [Test]
    public void AnIncrementReadsWhatItOverwrites() => Keeps(PassSet.DeadGlobals, "a0 = Mov a1\na0 = Add a0, 0x1");
}
