using Emu.Backend.Tests.Differential;
using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Tests.Links;

/// <summary>How every backend's code goes from block to block: links, the jump cache, leaving when it is asked to.</summary>
public sealed class ExitTests : IDisposable
{
    private const ulong A = 0x10000, B = 0x20000, C = 0x30000, Unknown = 0x40000;

    private static readonly int Register = TestBlock.Offset(5);

    private readonly LinkedBlocks _blocks = new();

    public void Dispose() => _blocks.Dispose();

    [Test]
    public async Task An_exit_returns_until_it_is_linked_and_again_when_it_is_unlinked()
    {
        var a = _blocks.Emit(A, ir => ir.Jump((long)B));
        var b = _blocks.Emit(B, ir => ir.Jump((long)C));
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, B));
        var site = _blocks.Site;
        _blocks.Link(site, b);
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, C));
        _blocks.Unlink(site);
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, B));
        await Assert.That(_blocks.Site).IsEqualTo(site);
    }

    [Test]
    public async Task Both_ways_of_a_branch_are_linked_on_their_own()
    {
        var a = _blocks.Emit(A, ir => ir.Branch(IrCondition.NotEqual, ir.Global(Register), ir.Constant(0UL), B));
        var b = _blocks.Emit(B, ir => ir.Jump((long)Unknown));
        var c = _blocks.Emit(A + 4, ir => ir.Jump((long)C));
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, A + 4));
        _blocks.Link(_blocks.Site, c);
        _blocks[Register] = 1;
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, B));
        _blocks.Link(_blocks.Site, b);
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, Unknown));
        _blocks[Register] = 0;
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, C));
    }

    [Test]
    public async Task An_indirect_jump_asks_the_jump_cache()
    {
        var a = _blocks.Emit(A, ir => ir.JumpIndirect(ir.Global(Register)));
        var b = _blocks.Emit(B, ir => ir.Jump((long)C));
        _blocks[Register] = B;
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Lookup, B));
        _blocks.Cache(b);
        await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Link, C));
        // Another address with the same place in the cache, and one that differs above 32 bits.
        foreach (var other in (ulong[])[B + 2 * JumpCacheEntry.Count, B | 1UL << 37])
        {
            _blocks[Register] = other;
            await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Lookup, other));
        }
    }

    [Test]
    public async Task Empty_entries_of_the_jump_cache_are_no_blocks()
    {
        var a = _blocks.Emit(A, ir => ir.JumpIndirect(ir.Global(Register)));
        foreach (var target in (ulong[])[0, 2, 4])
        {
            _blocks[Register] = target;
            await Assert.That(_blocks.Run(a)).IsEqualTo((ExitReason.Lookup, target));
        }
    }

    [Test]
    public async Task Every_way_that_can_close_a_circle_is_left_when_the_budget_is_gone()
    {
        var self = _blocks.Emit(A, ir => ir.Jump((long)A));
        var indirect = _blocks.Emit(B, ir => ir.JumpIndirect(ir.Global(Register)));
        _blocks.Cache(indirect);
        _blocks[Register] = B;
        _blocks.Budget = 0;
        await Assert.That(_blocks.Run(self)).IsEqualTo((ExitReason.Budget, A));
        _blocks.Budget = 0;
        await Assert.That(_blocks.Run(indirect)).IsEqualTo((ExitReason.Budget, B));
    }
}
