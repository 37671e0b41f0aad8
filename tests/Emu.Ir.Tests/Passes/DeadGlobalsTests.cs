using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class DeadGlobalsTests
{
    [Test]
    public async Task AnOverwrittenValueIsRemoved() => await Rewrites(
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
    public async Task AChainOfOverwrittenValuesIsRemoved() => await Rewrites(
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
    public async Task AReaderOrBarrierKeepsIt(string between) => await Keeps(PassSet.DeadGlobals, $"a0 = Mov 0x1\n{between}\na0 = Mov 0x2");

    [Test]
    [Arguments("PluginExec #0")]
    [Arguments("PluginMem.8 a1, a2, #0")]
    [Arguments("ScoreboardAdd #0")]
    [Arguments("TraceAppend a1, a2, 0x0, #0")]
    public async Task APluginKeepsIt(string between) => await Keeps(PassSet.DeadGlobals, $"hook callback=0x1\na0 = Mov 0x1\n{between}\na0 = Mov 0x2");

    [Test]
    public async Task TheLastWriteStays() => await Keeps(PassSet.DeadGlobals, "a0 = Mov 0x1");

    [Test]
    public async Task ALoadThatFaultsMustLeaveTheOldValue() => await Keeps(PassSet.DeadGlobals, "a0 = Mov 0x1\na0 = Load.8 [a1]");

    [Test]
    public async Task AccumulatedFlagsKeepAnOverwrittenResult() => await Keeps(PassSet.DeadGlobals, "f0 = FloatAdd.8 f1, f2\nf0 = Mov 0x0");

    [Test]
    public async Task ADynamicRoundingModeMayBeNone() => await Keeps(PassSet.DeadGlobals, "a0 = Mov 0x1\nf0 = FloatAdd.8.dyn f1, f2\na0 = Mov 0x2");

    [Test]
    public async Task AStaticRoundingModeIsNoBarrier() => await Rewrites(
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
    public async Task HeaderFieldsAreVolatile() => await Keeps(PassSet.DeadGlobals, "hdr = Mov 0x1\nhdr = Mov 0x2");

    [Test]
    public async Task AnIncrementReadsWhatItOverwrites() => await Keeps(PassSet.DeadGlobals, "a0 = Mov a1\na0 = Add a0, 0x1");
}
