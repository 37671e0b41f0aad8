using Emu.Ir.Passes;

namespace Emu.Ir.Tests.Passes;

public class IrPassesTests
{
    [Test]
    public async Task EveryPassHasANameOfItsOwn()
    {
        var all = PassSet.None;
        foreach (var name in IrPasses.Names)
        {
            await Assert.That(IrPasses.TryParse(name, out var pass)).IsTrue();
            await Assert.That(IrPasses.NameOf(pass)).IsEqualTo(name);
            await Assert.That(all & pass).IsEqualTo(PassSet.None);
            all |= pass;
        }

        await Assert.That(all).IsEqualTo(PassSet.All);
    }

    [Test]
    [Arguments("")]
    [Arguments("Fold")]
    [Arguments("all")]
    public async Task OtherNamesAreRefused(string name)
    {
        await Assert.That(IrPasses.TryParse(name, out var pass)).IsFalse();
        await Assert.That(pass).IsEqualTo(PassSet.None);
    }

    [Test]
    public void ASetOfSeveralHasNoName() => Assert.ThrowsExactly<ArgumentException>(() => IrPasses.NameOf(PassSet.All));
}
