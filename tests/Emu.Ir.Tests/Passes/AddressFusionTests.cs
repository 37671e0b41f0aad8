using Emu.Ir.Passes;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class AddressFusionTests
{
    [Test]
    public async Task AnAdditionBecomesTheDisplacement() => await Rewrites(
        PassSet.Address | PassSet.DeadTemps,
        """
        %0 = Add a1, 0x10
        a0 = Load.8 [%0 - 0x8]
        Store.4 [%0], a2
        """,
        """
        a0 = Load.8 [a1 + 0x8]
        Store.4 [a1 + 0x10], a2
        """);

    [Test]
    public async Task AnAdditionToARegisterStays() => await Rewrites(
        PassSet.Address | PassSet.DeadTemps | PassSet.DeadGlobals,
        """
        a0 = Add a1, 0x10
        a2 = Load.8 [a0 + 0x8]
        """,
        """
        a0 = Add a1, 0x10
        a2 = Load.8 [a1 + 0x18]
        """);

    [Test]
    [Arguments("a1 = Add a1, 0x10\na2 = Load.8 [a1]")]
    [Arguments("%0 = Add a1, 0x10\na1 = Mov 0x0\na2 = Load.8 [%0]")]
    [Arguments("%0 = Add a1, a2\na2 = Load.8 [%0]")]
    [Arguments("%0 = Add a1, 0x7fffffff\na2 = Load.8 [%0 + 0x1]")]
    public async Task OtherAddressesStay(string body) => await Keeps(PassSet.Address, body);

    [Test]
    public async Task AConstantAddressTakesTheDisplacement() => await Rewrites(
        PassSet.Address, "a0 = Load.8 [0x20000 - 0x10]", "a0 = Load.8 [0x1fff0]");
}
