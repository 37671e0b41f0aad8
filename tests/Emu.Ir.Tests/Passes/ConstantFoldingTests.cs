using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class ConstantFoldingTests
{
    [Theory]
    [InlineData("Add 0x2, 0x3", "0x5")]
    [InlineData("Sub32 0x0, 0x1", "-0x1")]
    [InlineData("SignExtend8 0x80", "-0x80")]
    [InlineData("DivSigned 0x5, 0x0", "-0x1")]
    [InlineData("SetLessSigned -0x1, 0x0", "0x1")]
    [InlineData("SetLessUnsigned -0x1, 0x0", "0x0")]
    [InlineData("Select 0x0, 0x7, 0x9", "0x9")]
    [InlineData("NanBox 0x3f800000", "0xffffffff3f800000")]
    public void ConstantsBecomeAConstant(string op, string value) => Rewrites(PassSet.Fold, $"a0 = {op}", $"a0 = Mov {value}");

    [Theory]
    [InlineData("Add a1, 0x0")]
    [InlineData("Add 0x0, a1")]
    [InlineData("Or a1, 0x0")]
    [InlineData("And a1, -0x1")]
    [InlineData("Shl a1, 0x40")]
    [InlineData("Mul a1, 0x1")]
    [InlineData("Select 0x1, a1, a2")]
    [InlineData("And a1, a1")]
    public void NeutralOperandsLeaveACopy(string op) => Rewrites(PassSet.Fold, $"a0 = {op}", "a0 = Mov a1");

    [Theory]
    [InlineData("And a1, 0x0")]
    [InlineData("Mul 0x0, a1")]
    [InlineData("Xor a1, a1")]
    [InlineData("Sub a1, a1")]
    [InlineData("SetLessUnsigned a1, 0x0")]
    public void AbsorbingOperandsLeaveZero(string op) => Rewrites(PassSet.Fold, $"a0 = {op}", "a0 = Mov 0x0");

    [Theory]
    [InlineData("Add32 a1, 0x0")]
    [InlineData("Sub32 a1, 0x100000000")]
    [InlineData("Sar32 a1, 0x20")]
    [InlineData("DivUnsigned32 a1, 0x1")]
    public void ANeutralOperandOfA32BitOpLeavesTheExtension(string op) => Rewrites(PassSet.Fold, $"a0 = {op}", "a0 = SignExtend32 a1");

    [Fact]
    public void ConstantsMoveToTheSecondPlace() => Rewrites(PassSet.Fold, "a0 = Xor 0x5, a1", "a0 = Xor a1, 0x5");

    [Fact]
    public void OrderOfOtherOpsStays() => Keeps(PassSet.Fold, "a0 = Shl 0x5, a1");

    [Fact]
    public void SubtractionOfAConstantIsAnAddition() => Rewrites(PassSet.Fold, "a0 = Sub a1, 0x10", "a0 = Add a1, -0x10");

    [Theory]
    [InlineData("Branch.lt -0x1, 0x0, 0x3000", "Jump 0x3000")]
    [InlineData("Branch.ltu -0x1, 0x0, 0x3000", "Jump 0x1004")]
    [InlineData("Branch.geu a0, a0, 0x3000", "Jump 0x3000")]
    [InlineData("Branch.ne a0, a0, 0x3000", "Jump 0x1004")]
    [InlineData("JumpIndirect 0x3000", "Jump 0x3000")]
    public void AKnownWayIsAJump(string before, string after) => Rewrites(PassSet.Fold, before, after);

    [Fact]
    public void FloatingPointStays() => Keeps(PassSet.Fold, "f0 = FloatAdd.8 0x0, 0x0");

    [Fact]
    public void ConstantsSpreadThroughCopies() => Rewrites(
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
