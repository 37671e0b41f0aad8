using Emu.Engine.CodeCache;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Ir;
using Assert = Xunit.Assert;

namespace Emu.Engine.Tests.CodeCache;

/// <summary>Finding, dropping, linking and flushing blocks, without anything that runs.</summary>
public sealed unsafe class BlockCacheTests : IDisposable
{
    private const ulong Page = 0x10000;
    private const int SmallArena = 4096;

    private readonly FakeBackend _backend = new();
    private readonly BlockCache _cache;

    public BlockCacheTests() => _cache = new BlockCache(_backend);

    public void Dispose() => _cache.Dispose();

    [Test]
    public void A_block_is_found_by_its_address_and_no_other()
    {
        var block = Add(Page);
        Assert.True(block == _cache.Find(Page, EventMask.None));
        Assert.True(null == _cache.Find(Page + 2, EventMask.None));
        Assert.Equal((Page, Page + 8, 2), (block->Pc, block->EndPc, block->InstructionCount));
        Assert.Equal((1, 2), (_cache.Translations, _cache.TranslatedInstructions));
    }

    [Test]
    public void R14_the_event_mask_is_part_of_the_key()
    {
        var (plain, watched) = ((nint)Add(Page), (nint)Add(Page, EventMask.Translation));
        Assert.NotEqual(plain, watched);
        Assert.Equal(plain, (nint)_cache.Find(Page, EventMask.None));
        Assert.Equal(watched, (nint)_cache.Find(Page, EventMask.Translation));
        Assert.Equal(0, (nint)_cache.Find(Page, EventMask.Syscall));
    }

    [Test]
    public void A_block_that_is_there_already_is_returned()
    {
        var first = Add(Page);
        Assert.True(first == Add(Page));
        Assert.Equal(1, _cache.Translations);
    }

    [Test]
    public void Dropping_a_range_takes_the_blocks_of_its_pages()
    {
        foreach (var pc in (ulong[])[Page - 8, Page, Page + 0xFF0, Page + 0x1000])
            Add(pc);
        Assert.True(_cache.Drop(Page + 0x20, 1));
        Assert.Equal([Page - 8, Page + 0x1000], Present(Page - 8, Page, Page + 0xFF0, Page + 0x1000));
        Assert.False(_cache.Drop(Page, GuestMemory.PageSize));
    }

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    public void A_block_on_two_pages_goes_with_either(int page)
    {
        var block = Add(Page + 0xFFC, length: 8);
        var other = page == 0 ? Add(Page + 0x1800) : Add(Page);
        Assert.True(_cache.Drop(Page + (ulong)page * GuestMemory.PageSize, 1));
        Assert.NotEqual(0, block->Dead);
        Assert.Equal(0, other->Dead);
        // Its entry at the other page is stale and harmless.
        Assert.True(_cache.Drop(Page, 2 * GuestMemory.PageSize));
        Assert.Empty(Present(Page + 0xFFC, Page, Page + 0x1800));
    }

    [Test]
    public void Dropping_more_pages_than_the_index_has_places_takes_them_all()
    {
        Add(0x1000);
        Add(0x3F_FFFF_F000);
        Assert.True(_cache.Drop(0, GuestMemory.Size));
        Assert.Empty(Present(0x1000, 0x3F_FFFF_F000));
    }

    [Test]
    public void Pages_are_dropped_by_predicate()
    {
        Add(Page);
        Add(Page + 0x1000);
        Assert.True(_cache.DropPages(page => page == Page));
        Assert.False(_cache.DropPages(page => page == Page));
        Assert.Equal([Page + 0x1000], Present(Page, Page + 0x1000));
    }

    [Test]
    public void A_dropped_block_can_be_translated_again()
    {
        var old = Add(Page);
        _cache.Drop(Page, 1);
        var made = Add(Page);
        Assert.True(old != made);
        Assert.True(made == _cache.Find(Page, EventMask.None));
    }

    [Test]
    public void Dropping_a_block_undoes_the_links_to_it_and_no_others()
    {
        var (dropped, kept) = ((nint)Add(Page), (nint)Add(Page + 0x1000));
        _cache.Link((void*)1, (TranslatedBlock*)dropped);
        _cache.Link((void*)2, (TranslatedBlock*)dropped);
        _cache.Link((void*)3, (TranslatedBlock*)kept);
        Assert.Equal(new() { [1] = dropped, [2] = dropped, [3] = kept }, _backend.Links);
        _cache.Drop(Page, 1);
        Assert.Equal(new() { [3] = kept }, _backend.Links);
    }

    [Test]
    public void Nothing_is_linked_to_a_dropped_block()
    {
        var block = Add(Page);
        _cache.Drop(Page, 1);
        _cache.Link((void*)1, block);
        Assert.Empty(_backend.Links);
    }

    [Test]
    public void More_blocks_than_buckets_are_all_found()
    {
        const int count = 40_000;
        for (var number = 0UL; number < count; number++)
            Add(Page + 8 * number);
        _cache.DropPages(page => (page & GuestMemory.PageSize) != 0);
        for (var number = 0UL; number < count; number++)
        {
            var pc = Page + 8 * number;
            Assert.Equal((pc & GuestMemory.PageSize) == 0, _cache.Find(pc, EventMask.None) != null);
        }
    }

    [Test]
    public void A_full_arena_takes_no_more_until_it_is_flushed()
    {
        using var cache = new BlockCache(_backend, SmallArena);
        var added = 0;
        while (cache.Add(Block(Page + 8 * (ulong)added, 8), EventMask.None) != null)
            added++;
        Assert.InRange(added, 5, SmallArena / FakeBackend.BlockBytes);
        Assert.InRange(cache.UsedBytes, 1, SmallArena);
        Assert.True(cache.Find(Page, EventMask.None) != null);
        cache.Flush();
        Assert.Equal((0, 1), (cache.UsedBytes, cache.Flushes));
        Assert.True(cache.Find(Page, EventMask.None) == null);
        for (var again = 0; again < added; again++)
            Assert.True(cache.Add(Block(Page + 8 * (ulong)again, 8), EventMask.None) != null);
        Assert.False(cache.Drop(Page + 0x100000, 1));
    }

    [Test]
    public void A_link_without_room_for_its_note_is_not_made()
    {
        using var cache = new BlockCache(_backend, SmallArena);
        var block = cache.Add(Block(Page, 8), EventMask.None);
        for (nint site = 1; site < SmallArena; site++)
            cache.Link((void*)site, block);
        Assert.InRange(_backend.Links.Count, 1, SmallArena / 16);
        cache.Drop(Page, 1);
        Assert.Empty(_backend.Links);
    }

    private TranslatedBlock* Add(ulong pc, EventMask mask = EventMask.None, ulong length = 8)
    {
        var block = _cache.Add(Block(pc, length), mask);
        Assert.True(block != null);
        return block;
    }

    private ulong[] Present(params ulong[] addresses) => [.. addresses.Where(pc => _cache.Find(pc, EventMask.None) != null)];

    private static IrBlock Block(ulong pc, ulong length)
    {
        var block = new IrBlock();
        block.Reset(pc);
        (block.EndPc, block.InstructionCount) = (pc + length, (int)length / 4);
        return block;
    }
}
