using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class PeepholeTests
{
    [Test]
    [Arguments("Shr", 32, "ZeroExtend32 a1")]
    [Arguments("Shr", 48, "ZeroExtend16 a1")]
    [Arguments("Shr", 56, "ZeroExtend8 a1")]
    [Arguments("Shr", 60, "And a1, 0xf")]
    [Arguments("Sar", 32, "SignExtend32 a1")]
    [Arguments("Sar", 48, "SignExtend16 a1")]
    [Arguments("Sar", 56, "SignExtend8 a1")]
    public async Task AShiftPairExtends(string shift, int amount, string after) => await Rewrites(
        PassSet.Peephole | PassSet.DeadTemps,
        $"%0 = Shl a1, {amount}\na0 = {shift} %0, {amount}",
        $"a0 = {after}");

    [Test]
    public async Task AShiftPairInOneRegisterExtends() => await Rewrites(
        PassSet.Peephole | PassSet.DeadTemps,
        """
        a0 = Shl a0, 0x20
        a0 = Shr a0, 0x20
        """,
        "a0 = ZeroExtend32 a0");

    [Test]
    public async Task AShiftPairInOneRegisterStaysIfSomebodyLooks() => await Keeps(
        PassSet.Peephole | PassSet.DeadTemps,
        """
        a0 = Shl a0, 0x20
        a1 = Load.8 [a2]
        a0 = Shr a0, 0x20
        """);

    [Test]
    [Arguments("Shl32", "Shr32", 3, 29, "RotateRight32 a1, 0x1d")]
    [Arguments("Shr32", "Shl32", 3, 29, "RotateRight32 a1, 0x3")]
    [Arguments("Shl", "Shr", 3, 61, "RotateRight a1, 0x3d")]
    public Task TwoShiftsPutTogetherRotate(string first, string second, int left, int right, string after) => Rewrites(
        PassSet.Peephole | PassSet.DeadTemps,
        $"%0 = {first} a1, {left}\n%1 = {second} a1, {right}\na0 = Or %0, %1",
        $"a0 = {after}");

    [Test]
    public Task ShiftsRotateInTheRegisterOfTheirSource() => Rewrites(
        PassSet.Peephole | PassSet.DeadTemps,
        """
        a5 = Shl32 a0, 0x3
        a0 = Shr32 a0, 0x1d
        a0 = Or a0, a5
        """,
        """
        a5 = Shl32 a0, 0x3
        a0 = RotateRight32 a0, 0x1d
        """);

    [Test]
    [Arguments("%0 = Shl32 a1, 0x3\n%1 = Shr32 a1, 0x1c\na0 = Or %0, %1")]
    [Arguments("%0 = Shl a1, 0x3\n%1 = Shr32 a1, 0x1d\na0 = Or %0, %1")]
    [Arguments("%0 = Shl32 a1, 0x3\n%1 = Shr32 a2, 0x1d\na0 = Or %0, %1")]
    [Arguments("%0 = Shl32 a1, 0x3\na1 = Mov a2\n%1 = Shr32 a1, 0x1d\na0 = Or %0, %1")]
    [Arguments("a5 = Shl32 a0, 0x3\na0 = Shr32 a0, 0x1d\na1 = Or a0, a5")]
    [Arguments("a5 = Shl32 a0, 0x3\na0 = Shr32 a0, 0x1d\na1 = Load.8 [a2]\na0 = Or a0, a5")]
    [Arguments("%0 = Shl32 a1, 0x20\n%1 = Shr32 a1, 0x0\na0 = Or %0, %1")]
    public Task OtherShiftsStay(string body) => Keeps(PassSet.Peephole, body);

    [Test]
    [Arguments("%0 = Shl a1, 0x20\na0 = Shr %0, 0x1f")]
    [Arguments("%0 = Shl a1, 0x10\na0 = Sar %0, 0x10")]
    [Arguments("%0 = Shl a1, 0x20\na1 = Mov 0x0\na0 = Shr %0, 0x20")]
    public async Task OtherShiftPairsStay(string body) => await Keeps(PassSet.Peephole, body);

    [Test]
    [Arguments("Add32 a1, a2", "SignExtend32")]
    [Arguments("Load.4.s [a1]", "SignExtend32")]
    [Arguments("Load.2 [a1]", "SignExtend32")]
    [Arguments("Load.4 [a1]", "ZeroExtend32")]
    [Arguments("SetLessSigned a1, a2", "ZeroExtend8")]
    [Arguments("AtomicAdd.4 a1, a2", "SignExtend32")]
    [Arguments("FloatAdd.4 a1, a2", "ZeroExtend32")]
    [Arguments("Shr a1, 0x20", "ZeroExtend32")]
    [Arguments("FloatToUInt32.8 a1", "SignExtend32")]
    public async Task WhatIsExtendedIsOnlyCopied(string op, string extension) => await Rewrites(
        PassSet.Peephole, $"%0 = {op}\na0 = {extension} %0", $"%0 = {op}\na0 = Mov %0");

    [Test]
    public async Task WhatIsExtendedInPlaceStaysAsItIs() => await Rewrites(
        PassSet.Fold | PassSet.Peephole | PassSet.DeadTemps,
        """
        a0 = Load.4.s [a1]
        a0 = Add32 a0, 0x0
        a2 = SignExtend32 a0
        """,
        """
        a0 = Load.4.s [a1]
        a2 = Mov a0
        """);

    [Test]
    [Arguments("Load.4 [a1]", "SignExtend32")]
    [Arguments("Load.4.s [a1]", "ZeroExtend32")]
    [Arguments("Add32 a1, a2", "SignExtend16")]
    [Arguments("FloatAdd.8 a1, a2", "ZeroExtend32")]
    public async Task OtherExtensionsStay(string op, string extension) => await Keeps(PassSet.Peephole, $"%0 = {op}\na0 = {extension} %0");

    [Test]
    public async Task AnExtensionLooksThroughAWiderOne() => await Rewrites(
        PassSet.Peephole | PassSet.DeadTemps,
        """
        %0 = ZeroExtend32 a1
        a0 = SignExtend8 %0
        """,
        "a0 = SignExtend8 a1");

    [Test]
    public async Task A32BitOpLooksThroughExtensions() => await Rewrites(
        PassSet.Peephole | PassSet.DeadTemps,
        """
        %0 = ZeroExtend32 a1
        %1 = SignExtend32 a2
        a0 = Mul32 %0, %1
        """,
        "a0 = Mul32 a1, a2");

    [Test]
    public async Task AStoreLooksThroughExtensions() => await Rewrites(
        PassSet.Peephole | PassSet.DeadTemps,
        """
        %0 = ZeroExtend32 a1
        Store.4 [a2], %0
        """,
        "Store.4 [a2], a1");

    [Test]
    public async Task AStoreOfMoreStays() => await Keeps(PassSet.Peephole, "%0 = ZeroExtend32 a1\nStore.8 [a2], %0");

    [Test]
    public async Task AMaskIsAnExtension() => await Rewrites(PassSet.Peephole, "a0 = And a1, 0xff", "a0 = ZeroExtend8 a1");

    [Test]
    public async Task AdditionsOfConstantsAreChained() => await Rewrites(
        PassSet.Peephole | PassSet.DeadTemps,
        """
        %0 = Add a1, 0x10
        a0 = Add %0, -0x4
        """,
        "a0 = Add a1, 0xc");

    [Test]
    public async Task AnIncrementIsNotChainedToItself() => await Keeps(PassSet.Peephole, "a0 = Add a0, 0x10\na1 = Add a0, 0x4");

    [Test]
    public async Task UnboxingUndoesBoxing() => await Rewrites(
        PassSet.All,
        """
        %0 = FloatAdd.4 a1, a2
        f0 = NanBox %0
        %1 = NanUnbox f0
        %2 = FloatMul.4 %1, %1
        f1 = NanBox %2
        """,
        """
        %0 = FloatAdd.4 a1, a2
        f0 = NanBox %0
        %2 = FloatMul.4 %0, %0
        f1 = NanBox %2
        """);
}
