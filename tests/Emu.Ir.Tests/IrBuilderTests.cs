using Assert = Xunit.Assert;

namespace Emu.Ir.Tests;

public class IrBuilderTests
{
    private readonly IrBlock _block = new();
    private readonly IrBuilder _ir;

    public IrBuilderTests()
    {
        _block.Reset(0x1000);
        _ir = new IrBuilder(_block);
    }

    [Test]
    public void TheLastResultGoesStraightToItsRegister()
    {
        _ir.SetGlobal(256, _ir.Add(_ir.Global(264), _ir.Constant(1L)));
        Assert.Equal(["g256 = Add g264, 0x1"], Lines());
    }

    [Test]
    public void AnEarlierResultIsMoved()
    {
        var sum = _ir.Add(_ir.Global(264), _ir.Constant(1L));
        _ir.SetGlobal(256, _ir.Shl(sum, sum));
        _ir.SetGlobal(264, sum);
        Assert.Equal(["%0 = Add g264, 0x1", "g256 = Shl %0, %0", "g264 = Mov %0"], Lines());
    }

    [Test]
    public void ConstantsAndRegistersAreMoved()
    {
        _ir.SetGlobal(256, _ir.Constant(-1L));
        _ir.SetGlobal(264, _ir.Global(256));
        Assert.Equal(["g256 = Mov -0x1", "g264 = Mov g256"], Lines());
    }

    [Test]
    public void TheArenaGrowsAndIsReused()
    {
        for (var round = 0; round < 2; round++)
        {
            _block.Reset(0x1000);
            for (var index = 0; index < 5000; index++)
                _ir.SetGlobal(256, _ir.Constant((ulong)index));
            Assert.Equal((5000, 5000, 0), (_block.Count, _block.ConstantCount, _block.TempCount));
            Assert.Equal(4999UL, _block.ConstantOf(_block.Insns[^1].A));
        }
    }

    [Test]
    public void ACopyForARewriterKeepsWhatOperandsIndex()
    {
        var value = _ir.Mov(_ir.Constant(7UL));
        _block.AddHook(new IrHook { Callback = 3 });
        (_block.EndPc, _block.InstructionCount) = (0x1004, 1);
        var copy = new IrBlock();
        copy.ResetFrom(_block);
        Assert.Equal((0x1000UL, 0x1004UL, 1, 0), (copy.Pc, copy.EndPc, copy.InstructionCount, copy.Count));
        Assert.Equal((7UL, 3), (copy.Constants[0], copy.Hooks[0].Callback));
        Assert.NotEqual(value, copy.NewTemp());
    }

    [Test]
    public void TruncationDropsTheTail()
    {
        _ir.Fence();
        _ir.Jump(1);
        _block.Truncate(1);
        Assert.Equal(["Fence"], Lines());
        Assert.Throws<ArgumentOutOfRangeException>(() => _block.Truncate(2));
    }

    private IEnumerable<string> Lines() => TestBlocks.LinesOf(IrPrinter.ToText(_block)).Skip(1);
}
