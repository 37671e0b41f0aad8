using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class ConstantFoldingTests
{
    [Test]
    [Arguments("Add 0x2, 0x3", "0x5")]
    [Arguments("Sub32 0x0, 0x1", "-0x1")]
    [Arguments("SignExtend8 0x80", "-0x80")]
    [Arguments("DivSigned 0x5, 0x0", "-0x1")]
    [Arguments("SetLessSigned -0x1, 0x0", "0x1")]
    [Arguments("SetLessUnsigned -0x1, 0x0", "0x0")]
    [Arguments("Select 0x0, 0x7, 0x9", "0x9")]
    [Arguments("NanBox 0x3f800000", "0xffffffff3f800000")]
    public async Task ConstantsBecomeAConstant(string op, string value) => await Rewrites(PassSet.Fold, $"a0 = {op}", $"a0 = Mov {value}");

    [Test]
    [Arguments("Add a1, 0x0")]
    [Arguments("Add 0x0, a1")]
    [Arguments("Or a1, 0x0")]
    [Arguments("And a1, -0x1")]
    [Arguments("Shl a1, 0x40")]
    [Arguments("Mul a1, 0x1")]
    [Arguments("Select 0x1, a1, a2")]
    [Arguments("And a1, a1")]
    public async Task NeutralOperandsLeaveACopy(string op) => await Rewrites(PassSet.Fold, $"a0 = {op}", "a0 = Mov a1");

    [Test]
    [Arguments("And a1, 0x0")]
    [Arguments("Mul 0x0, a1")]
    [Arguments("Xor a1, a1")]
    [Arguments("Sub a1, a1")]
    [Arguments("SetLessUnsigned a1, 0x0")]
    public async Task AbsorbingOperandsLeaveZero(string op) => await Rewrites(PassSet.Fold, $"a0 = {op}", "a0 = Mov 0x0");

    [Test]
    [Arguments("Add32 a1, 0x0")]
    [Arguments("Sub32 a1, 0x100000000")]
    [Arguments("Sar32 a1, 0x20")]
    [Arguments("DivUnsigned32 a1, 0x1")]
    public async Task ANeutralOperandOfA32BitOpLeavesTheExtension(string op) => await Rewrites(PassSet.Fold, $"a0 = {op}", "a0 = SignExtend32 a1");

    [Test]
    public async Task ConstantsMoveToTheSecondPlace() => await Rewrites(PassSet.Fold, "a0 = Xor 0x5, a1", "a0 = Xor a1, 0x5");

    [Test]
    public async Task OrderOfOtherOpsStays() => await Keeps(PassSet.Fold, "a0 = Shl 0x5, a1");

    [Test]
    public async Task SubtractionOfAConstantIsAnAddition() => await Rewrites(PassSet.Fold, "a0 = Sub a1, 0x10", "a0 = Add a1, -0x10");

    [Test]
    [Arguments("Branch.lt -0x1, 0x0, 0x3000", "Jump 0x3000")]
    [Arguments("Branch.ltu -0x1, 0x0, 0x3000", "Jump 0x1004")]
    [Arguments("Branch.geu a0, a0, 0x3000", "Jump 0x3000")]
    [Arguments("Branch.ne a0, a0, 0x3000", "Jump 0x1004")]
    [Arguments("JumpIndirect 0x3000", "Jump 0x3000")]
    public async Task AKnownWayIsAJump(string before, string after) => await Rewrites(PassSet.Fold, before, after);

    [Test]
    public async Task FloatingPointStays() => await Keeps(PassSet.Fold, "f0 = FloatAdd.8 0x0, 0x0");

    [Test]
    public async Task ConstantsSpreadThroughCopies() => await Rewrites(
        PassSet.Fold | PassSet.Copy,
        """
        a0 = Mov 0x12000
        a0 = Add a0, 0x345
        a1 = Add a0, a0
        """,
        """
        a0 = Mov 0x12000
        a0 = Mov 0x12345
        a1 = Mov 0x2468a
        """);
}
