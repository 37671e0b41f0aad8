using TUnit.Assertions.Enums;

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
    public async Task TheLastResultGoesStraightToItsRegister()
    {
        _ir.SetGlobal(256, _ir.Add(_ir.Global(264), _ir.Constant(1L)));
        await Assert.That(Lines()).IsEquivalentTo(["g256 = Add g264, 0x1"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task AnEarlierResultIsMoved()
    {
        var sum = _ir.Add(_ir.Global(264), _ir.Constant(1L));
        _ir.SetGlobal(256, _ir.Shl(sum, sum));
        _ir.SetGlobal(264, sum);
        await Assert.That(Lines()).IsEquivalentTo(["%0 = Add g264, 0x1", "g256 = Shl %0, %0", "g264 = Mov %0"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task ConstantsAndRegistersAreMoved()
    {
        _ir.SetGlobal(256, _ir.Constant(-1L));
        _ir.SetGlobal(264, _ir.Global(256));
        await Assert.That(Lines()).IsEquivalentTo(["g256 = Mov -0x1", "g264 = Mov g256"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task TheArenaGrowsAndIsReused()
    {
        for (var round = 0; round < 2; round++)
        {
            _block.Reset(0x1000);
            for (var index = 0; index < 5000; index++)
                _ir.SetGlobal(256, _ir.Constant((ulong)index));
            await Assert.That(((int, int, int))(_block.Count, _block.ConstantCount, _block.TempCount)).IsEqualTo((5000, 5000, 0));
            await Assert.That(_block.ConstantOf(_block.Insns[^1].A)).IsEqualTo(4999UL);
        }
    }

    [Test]
    public async Task ACopyForARewriterKeepsWhatOperandsIndex()
    {
        var value = _ir.Mov(_ir.Constant(7UL));
        _block.AddHook(new IrHook { Callback = 3 });
        (_block.EndPc, _block.InstructionCount) = (0x1004, 1);
        var copy = new IrBlock();
        copy.ResetFrom(_block);
        await Assert.That(((ulong, ulong, int, int))(copy.Pc, copy.EndPc, copy.InstructionCount, copy.Count)).IsEqualTo((0x1000UL, 0x1004UL, 1, 0));
        await Assert.That(((ulong, int))(copy.Constants[0], copy.Hooks[0].Callback)).IsEqualTo((7UL, 3));
        await Assert.That(copy.NewTemp()).IsNotEqualTo(value);
    }

    [Test]
    public async Task TruncationDropsTheTail()
    {
        _ir.Fence();
        _ir.Jump(1);
        _block.Truncate(1);
        await Assert.That(Lines()).IsEquivalentTo(["Fence"], CollectionOrdering.Matching);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _block.Truncate(2));
    }

    private IEnumerable<string> Lines() => TestBlocks.LinesOf(IrPrinter.ToText(_block)).Skip(1);
}
