using Emu.Engine.CodeCache;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Ir;
using TUnit.Assertions.Enums;

namespace Emu.Engine.Tests.CodeCache;

/// <summary>Finding, dropping, linking and flushing blocks, without anything that runs.</summary>
public sealed class BlockCacheTests : IDisposable
{
    private const ulong Page = 0x10000;
    private const int SmallArena = 4096;

    private readonly FakeBackend _backend = new();
    private readonly BlockCache _cache;

    public BlockCacheTests() => _cache = new BlockCache(_backend);

    public void Dispose() => _cache.Dispose();

    [Test]
    public async Task A_block_is_found_by_its_address_and_no_other()
    {
        var block = Add(Page);
        await Assert.That(Find(Page)).IsEqualTo(block);
        await Assert.That(Find(Page + 2)).IsEqualTo(0);
        await Assert.That(Extent(block)).IsEqualTo((Page, Page + 8, 2));
        await Assert.That((_cache.Translations, _cache.TranslatedInstructions)).IsEqualTo((1, 2));
    }

    [Test]
    public async Task R14_the_event_mask_is_part_of_the_key()
    {
        var (plain, watched) = (Add(Page), Add(Page, EventMask.Translation));
        await Assert.That(watched).IsNotEqualTo(plain);
        await Assert.That(Find(Page)).IsEqualTo(plain);
        await Assert.That(Find(Page, EventMask.Translation)).IsEqualTo(watched);
        await Assert.That(Find(Page, EventMask.Syscall)).IsEqualTo(0);
    }

    [Test]
    public async Task A_block_that_is_there_already_is_returned()
    {
        var first = Add(Page);
        await Assert.That(Add(Page)).IsEqualTo(first);
        await Assert.That(_cache.Translations).IsEqualTo(1);
    }

    [Test]
    public async Task Dropping_a_range_takes_the_blocks_of_its_pages()
    {
        foreach (var pc in (ulong[])[Page - 8, Page, Page + 0xFF0, Page + 0x1000])
            Add(pc);
        await Assert.That(_cache.Drop(Page + 0x20, 1)).IsTrue();
        await Assert.That(Present(Page - 8, Page, Page + 0xFF0, Page + 0x1000)).IsEquivalentTo([Page - 8, Page + 0x1000], CollectionOrdering.Matching);
        await Assert.That(_cache.Drop(Page, GuestMemory.PageSize)).IsFalse();
    }

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    public async Task A_block_on_two_pages_goes_with_either(int page)
    {
        var block = Add(Page + 0xFFC, length: 8);
        var other = page == 0 ? Add(Page + 0x1800) : Add(Page);
        await Assert.That(_cache.Drop(Page + (ulong)page * GuestMemory.PageSize, 1)).IsTrue();
        await Assert.That(Dead(block)).IsNotEqualTo(0);
        await Assert.That(Dead(other)).IsEqualTo(0);
        // Its entry at the other page is stale and harmless.
        await Assert.That(_cache.Drop(Page, 2 * GuestMemory.PageSize)).IsTrue();
        await Assert.That(Present(Page + 0xFFC, Page, Page + 0x1800)).IsEmpty();
    }

    [Test]
    public async Task Dropping_more_pages_than_the_index_has_places_takes_them_all()
    {
        Add(0x1000);
        Add(0x3F_FFFF_F000);
        await Assert.That(_cache.Drop(0, GuestMemory.Size)).IsTrue();
        await Assert.That(Present(0x1000, 0x3F_FFFF_F000)).IsEmpty();
    }

    [Test]
    public async Task Pages_are_dropped_by_predicate()
    {
        Add(Page);
        Add(Page + 0x1000);
        await Assert.That(_cache.DropPages(page => page == Page)).IsTrue();
        await Assert.That(_cache.DropPages(page => page == Page)).IsFalse();
        await Assert.That(Present(Page, Page + 0x1000)).IsEquivalentTo([Page + 0x1000], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_dropped_block_can_be_translated_again()
    {
        var old = Add(Page);
        _cache.Drop(Page, 1);
        var made = Add(Page);
        await Assert.That(made).IsNotEqualTo(old);
        await Assert.That(Find(Page)).IsEqualTo(made);
    }

    [Test]
    public async Task Dropping_a_block_undoes_the_links_to_it_and_no_others()
    {
        var (dropped, kept) = (Add(Page), Add(Page + 0x1000));
        Link(_cache, 1, dropped);
        Link(_cache, 2, dropped);
        Link(_cache, 3, kept);
        await Assert.That(Links()).IsEquivalentTo([1, dropped, 2, dropped, 3, kept], CollectionOrdering.Matching);
        _cache.Drop(Page, 1);
        await Assert.That(Links()).IsEquivalentTo([3, kept], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Nothing_is_linked_to_a_dropped_block()
    {
        var block = Add(Page);
        _cache.Drop(Page, 1);
        Link(_cache, 1, block);
        await Assert.That(_backend.Links).IsEmpty();
    }

    [Test]
    public async Task More_blocks_than_buckets_are_all_found()
    {
        const int count = 40_000;
        for (var number = 0UL; number < count; number++)
            Add(Page + 8 * number);
        _cache.DropPages(page => (page & GuestMemory.PageSize) != 0);
        for (var number = 0UL; number < count; number++)
        {
            var pc = Page + 8 * number;
            await Assert.That(Find(pc) != 0).IsEqualTo((pc & GuestMemory.PageSize) == 0);
        }
    }

    [Test]
    public async Task A_full_arena_takes_no_more_until_it_is_flushed()
    {
        using var cache = new BlockCache(_backend, SmallArena);
        var added = 0;
        while (Add(cache, Page + 8 * (ulong)added) != 0)
            added++;
        await Assert.That(added).IsBetween(5, SmallArena / FakeBackend.BlockBytes);
        await Assert.That(cache.UsedBytes).IsBetween(1, SmallArena);
        await Assert.That(Find(cache, Page)).IsNotEqualTo(0);
        cache.Flush();
        await Assert.That((cache.UsedBytes, cache.Flushes)).IsEqualTo((0, 1));
        await Assert.That(Find(cache, Page)).IsEqualTo(0);
        for (var again = 0; again < added; again++)
            await Assert.That(Add(cache, Page + 8 * (ulong)again)).IsNotEqualTo(0);
        await Assert.That(cache.Drop(Page + 0x100000, 1)).IsFalse();
    }

    [Test]
    public async Task A_link_without_room_for_its_note_is_not_made()
    {
        using var cache = new BlockCache(_backend, SmallArena);
        var block = Add(cache, Page);
        for (nint site = 1; site < SmallArena; site++)
            Link(cache, site, block);
        await Assert.That(_backend.Links.Count).IsBetween(1, SmallArena / 16);
        cache.Drop(Page, 1);
        await Assert.That(_backend.Links).IsEmpty();
    }

    private nint Add(ulong pc, EventMask mask = EventMask.None, ulong length = 8)
    {
        var block = Add(_cache, pc, mask, length);
        if (block == 0)
            Assert.Fail($"no room for the block at {pc:x}");
        return block;
    }

    private static unsafe nint Add(BlockCache cache, ulong pc, EventMask mask = EventMask.None, ulong length = 8) => (nint)cache.Add(Block(pc, length), mask);

    private nint Find(ulong pc, EventMask mask = EventMask.None) => Find(_cache, pc, mask);

    private static unsafe nint Find(BlockCache cache, ulong pc, EventMask mask = EventMask.None) => (nint)cache.Find(pc, mask);

    private static unsafe void Link(BlockCache cache, nint site, nint block) => cache.Link((void*)site, (TranslatedBlock*)block);

    private static unsafe (ulong Pc, ulong EndPc, int InstructionCount) Extent(nint block)
    {
        var translated = (TranslatedBlock*)block;
        return (translated->Pc, translated->EndPc, translated->InstructionCount);
    }

    private static unsafe int Dead(nint block) => ((TranslatedBlock*)block)->Dead;

    /// <summary>Sites and where they lead, one after the other.</summary>
    private nint[] Links() => [.. _backend.Links.OrderBy(static link => link.Key).SelectMany(static link => (nint[])[link.Key, link.Value])];

    private ulong[] Present(params ulong[] addresses) => [.. addresses.Where(pc => Find(pc) != 0)];

    private static IrBlock Block(ulong pc, ulong length)
    {
        var block = new IrBlock();
        block.Reset(pc);
        (block.EndPc, block.InstructionCount) = (pc + length, (int)length / 4);
        return block;
    }
}
