using Emu.Ir.Passes;
using Assert = Xunit.Assert;

namespace Emu.Ir.Tests.Passes;

public class IrPassesTests
{
    [Test]
    public void EveryPassHasANameOfItsOwn()
    {
        var all = PassSet.None;
        foreach (var name in IrPasses.Names)
        {
            Assert.True(IrPasses.TryParse(name, out var pass));
            Assert.Equal(name, IrPasses.NameOf(pass));
            Assert.Equal(PassSet.None, all & pass);
            all |= pass;
        }

        Assert.Equal(PassSet.All, all);
    }

    [Test]
    [Arguments("")]
    [Arguments("Fold")]
    [Arguments("all")]
    public void OtherNamesAreRefused(string name)
    {
        Assert.False(IrPasses.TryParse(name, out var pass));
        Assert.Equal(PassSet.None, pass);
    }

    [Test]
    public void ASetOfSeveralHasNoName() => Assert.Throws<ArgumentException>(() => IrPasses.NameOf(PassSet.All));
}
