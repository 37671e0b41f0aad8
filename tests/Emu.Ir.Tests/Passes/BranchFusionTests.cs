using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class BranchFusionTests
{
    [Test]
    [Arguments("SetEqual", "ne", "eq")]
    [Arguments("SetEqual", "eq", "ne")]
    [Arguments("SetNotEqual", "ne", "ne")]
    [Arguments("SetLessSigned", "ne", "lt")]
    [Arguments("SetLessSigned", "eq", "ge")]
    [Arguments("SetLessUnsigned", "ne", "ltu")]
    [Arguments("SetLessUnsigned", "eq", "geu")]
    [Arguments("Xor", "eq", "eq")]
    [Arguments("Sub", "ne", "ne")]
    public async Task AComparisonBecomesTheCondition(string op, string before, string after) => await Rewrites(
        PassSet.Branch | PassSet.DeadTemps,
        $"%0 = {op} a1, a2\nBranch.{before} %0, 0x0, 0x3000",
        $"Branch.{after} a1, a2, 0x3000");

    [Test]
    public async Task AComparisonInARegisterStaysBesideTheBranch() => await Rewrites(
        PassSet.Branch | PassSet.DeadTemps | PassSet.DeadGlobals,
        """
        a0 = SetLessSigned a1, a2
        Branch.ne 0x0, a0, 0x3000
        """,
        """
        a0 = SetLessSigned a1, a2
        Branch.lt a1, a2, 0x3000
        """);

    [Test]
    public async Task ANegatedComparisonIsSeenThrough() => await Rewrites(
        PassSet.Branch | PassSet.DeadTemps,
        """
        %0 = SetLessSigned a1, a2
        %1 = SetLessUnsigned %0, 0x1
        Branch.ne %1, 0x0, 0x3000
        """,
        "Branch.ge a1, a2, 0x3000");

    [Test]
    [Arguments("a1 = SetEqual a1, a2\nBranch.ne a1, 0x0, 0x3000")]
    [Arguments("%0 = SetEqual a1, a2\na2 = Mov 0x0\nBranch.ne %0, 0x0, 0x3000")]
    [Arguments("%0 = SetEqual a1, a2\nBranch.ne %0, 0x1, 0x3000")]
    [Arguments("%0 = SetEqual a1, a2\nBranch.lt %0, 0x0, 0x3000")]
    [Arguments("%0 = And a1, a2\nBranch.ne %0, 0x0, 0x3000")]
    public async Task OtherBranchesStay(string body) => await Keeps(PassSet.Branch, body);

    [Test]
    [Arguments("Branch.eq 0x5, a1, 0x3000", "Branch.eq a1, 0x5, 0x3000")]
    [Arguments("Branch.lt 0x5, a1, 0x3000", "Branch.ge a1, 0x6, 0x3000")]
    [Arguments("Branch.ge 0x5, a1, 0x3000", "Branch.lt a1, 0x6, 0x3000")]
    [Arguments("Branch.ltu 0x0, a1, 0x3000", "Branch.ne a1, 0x0, 0x3000")]
    [Arguments("Branch.ltu -0x1, a1, 0x3000", "Branch.ltu -0x1, a1, 0x3000")]
    [Arguments("Branch.lt 0x7fffffffffffffff, a1, 0x3000", "Branch.lt 0x7fffffffffffffff, a1, 0x3000")]
    [Arguments("Branch.lt -0x1, a1, 0x3000", "Branch.ge a1, 0x0, 0x3000")]
    public async Task AConstantMovesToTheSecondPlace(string before, string after) => await Rewrites(PassSet.Branch, before, after);
}
