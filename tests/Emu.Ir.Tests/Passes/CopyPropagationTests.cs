using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class CopyPropagationTests
{
    [Test]
    public async Task TheSourceIsReadInsteadOfTheCopy() => await Rewrites(
        PassSet.Copy,
        """
        a0 = Mov a1
        %0 = Mov a0
        a2 = Add %0, a0
        """,
        """
        a0 = Mov a1
        %0 = Mov a1
        a2 = Add a1, a1
        """);

    [Test]
    public async Task AnOverwrittenSourceIsNotRead() => await Keeps(
        PassSet.Copy,
        """
        %0 = Mov a1
        a1 = Add a1, 0x1
        a2 = Add %0, a1
        """);

    [Test]
    public async Task AnOverwrittenCopyIsNoCopy() => await Keeps(
        PassSet.Copy,
        """
        a0 = Mov a1
        a0 = Load.8 [a2]
        a3 = Add a0, 0x1
        """);

    [Test]
    public async Task CalledCodeMayWriteRegisters() => await Keeps(
        PassSet.Copy,
        """
        hook callback=0x1
        a0 = Mov a1
        PluginExec #0
        a3 = Add a0, 0x1
        """);

    [Test]
    public async Task AtomicOpsWriteOnlyTheirResult() => await Rewrites(
        PassSet.Copy,
        """
        a0 = Mov a1
        a2 = AtomicAdd.8 a4, a0
        a3 = Add a0, 0x1
        """,
        """
        a0 = Mov a1
        a2 = AtomicAdd.8 a4, a1
        a3 = Add a1, 0x1
        """);

    [Test]
    public async Task HeaderFieldsAreVolatile() => await Keeps(
        PassSet.Copy,
        """
        a0 = Mov hdr
        a1 = Add a0, 0x1
        hdr = Mov 0x5
        a2 = Add hdr, 0x1
        """);

    [Test]
    public async Task ACopyOfItselfIsDropped() => await Rewrites(
        PassSet.Copy | PassSet.DeadTemps,
        """
        a0 = Mov a1
        a1 = Mov a0
        """,
        "a0 = Mov a1");

    [Test]
    public async Task EveryOperandIsReplaced() => await Rewrites(
        PassSet.Copy,
        """
        %0 = Mov a1
        %1 = Mov a2
        %2 = Mov 0x7
        a0 = Select %0, %1, %2
        Branch.eq %0, %1, 0x3000
        """,
        """
        %0 = Mov a1
        %1 = Mov a2
        %2 = Mov 0x7
        a0 = Select a1, a2, 0x7
        Branch.eq a1, a2, 0x3000
        """);
}
