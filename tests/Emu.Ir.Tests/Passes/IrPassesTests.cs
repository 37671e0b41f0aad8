using Emu.Ir.Passes;

namespace Emu.Ir.Tests.Passes;

public class IrPassesTests
{
    [Fact]
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

    [Theory]
    [InlineData("")]
    [InlineData("Fold")]
    [InlineData("all")]
    public void OtherNamesAreRefused(string name)
    {
        Assert.False(IrPasses.TryParse(name, out var pass));
        Assert.Equal(PassSet.None, pass);
    }

    [Fact]
    public void ASetOfSeveralHasNoName() => Assert.Throws<ArgumentException>(() => IrPasses.NameOf(PassSet.All));
}
