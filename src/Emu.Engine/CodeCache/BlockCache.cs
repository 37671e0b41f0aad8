using System.Runtime.InteropServices;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation;
using Emu.Engine.Memory;
using Emu.Ir;

namespace Emu.Engine.CodeCache;

/// <summary>
/// The translated blocks of a machine, shared by its vCPUs. Finding is lock-free; adding and linking take one lock; dropping and flushing need an
/// exclusive section, because other vCPUs may be inside the blocks.
/// </summary>
public sealed unsafe class BlockCache : IDisposable
{
    private const int BucketBits = 14;

    /// <summary>
    /// Stores beside the code of a page, after which its blocks are dropped all the same: as many as cost about what translating them again does, so that a page of
    /// code and data costs twice the better choice at most.
    /// </summary>
    private const int MaxStoresBeside = 256;

    /// <summary>Bytes of arena: room for millions of instructions; only what is used takes host memory.</summary>
    public const long DefaultArenaSize = 256L << 20;

    private static long BucketBytes => (1L << BucketBits) * sizeof(TranslatedBlock*);

    private readonly Lock _gate = new();
    private readonly CodeArena _arena;
    private readonly PageIndex _pages = new();
    private readonly Dictionary<ulong, int> _storesBeside = [];
    private readonly IBackend _backend;
    private TranslatedBlock** _buckets;
    private volatile bool _hasEarly;

    /// <summary>An empty cache for blocks of <paramref name="backend"/>.</summary>
    public BlockCache(IBackend backend, long arenaSize = DefaultArenaSize)
    {
        _backend = backend;
        _arena = new CodeArena(arenaSize);
        _buckets = (TranslatedBlock**)HostMemory.Reserve(null, BucketBytes, HostProtection.Read | HostProtection.Write, fixedAddress: false);
    }

    /// <summary>Blocks added since the start.</summary>
    public long Translations { get; private set; }

    /// <summary>Guest instructions translated since the start.</summary>
    public long TranslatedInstructions { get; private set; }

    /// <summary>Times the whole cache was emptied.</summary>
    public long Flushes { get; private set; }

    /// <summary>Bytes of code and records in use.</summary>
    public long UsedBytes => _arena.Used;

    /// <summary>The block for that address and mask (R14), or null.</summary>
    public TranslatedBlock* Find(ulong pc, EventMask mask)
    {
        var block = (TranslatedBlock*)Volatile.Read(ref *(nint*)(_buckets + BucketOf(pc)));
        while (block is not null && (block->Pc != pc || block->Mask != (uint)mask))
            block = block->NextInBucket;
        return block;
    }

    /// <summary>Emits and adds a block; null if the arena is full and the cache must be flushed first. If another vCPU was faster, its block is returned.</summary>
    public TranslatedBlock* Add(IrBlock ir, EventMask mask)
    {
        lock (_gate)
        {
            var existing = Find(ir.Pc, mask);
            if (existing is not null && (existing->IsTrace || !ir.IsTrace))
                return existing;
            var size = _backend.MaxCodeSize(ir);
            size += TranslatedBlock.RecordSize + 2 * (1 + ir.Stretches.Length) * PageIndex.NodeSize + EarlySumList.BytesFor(ir) + 256;
            if (!_arena.HasRoom(size) || !_backend.HasRoom(ir))
                return null;
            var block = (TranslatedBlock*)_arena.Take(TranslatedBlock.RecordSize);
            *block = new TranslatedBlock
            {
                Pc = ir.Pc,
                EndPc = ir.EndPc,
                Mask = (uint)mask,
                InstructionCount = ir.InstructionCount,
                IsTrace = ir.IsTrace,
                IsInstrumented = ir.HookCount > 0,
            };
            if (existing is not null)
                ir.Untraced = (nint)existing->Entry;
            _arena.Take(_backend.Emit(ir, block));
            if (ir.Early.Length > 0)
                block->Early = Keep(ir);
            if (existing is not null)
                Supersede(existing, block);
            Publish(block, ir);
            return block;
        }
    }

    /// <summary>Links an exit to a block, unless the block was dropped or there is no room to note it.</summary>
    public void Link(void* site, TranslatedBlock* target)
    {
        lock (_gate)
        {
            if (target->Dead != 0 || !_arena.HasRoom(sizeof(IncomingLink)))
                return;
            var link = (IncomingLink*)_arena.Take(sizeof(IncomingLink));
            *link = new IncomingLink { Site = site, Next = target->Incoming };
            target->Incoming = link;
            _backend.Link(site, target);
        }
    }

    /// <summary>
    /// True if a store, which does not leave its page, lies beside the code of that page, so that the blocks stay good and the page stays watched. False if it changes
    /// code, if the page has none, or once too many stores took this slow way.
    /// </summary>
    public bool IsBesideCode(ulong address, ulong length)
    {
        var page = address >> GuestMemory.PageBits;
        lock (_gate)
        {
            if (_pages.HasBeside(page, address, address + length) && (_storesBeside[page] = _storesBeside.GetValueOrDefault(page) + 1) <= MaxStoresBeside)
                return true;
            _storesBeside.Remove(page);
            return false;
        }
    }

    /// <summary>
    /// Takes back what counters have too much when a fault or a trap has left a block in its middle: <see cref="VCpuState.Position"/> tells which block, <see cref="VCpuState.Pc"/>
    /// where. On the vCPU's thread, inside translated code.
    /// </summary>
    public void TakeBack(VCpuState* state)
    {
        if (!_hasEarly || state->Position is null)
            return;
        TranslatedBlock* block;
        lock (_gate)
            block = _pages.Find(state->Pc, state->Position);
        if (block is not null && block->Early is not null)
            EarlySumList.TakeBack(block->Early, state->Pc, state->Index);
    }

    private EarlySumList* Keep(IrBlock ir)
    {
        var list = (EarlySumList*)_arena.Take(EarlySumList.BytesFor(ir));
        EarlySumList.Write(list, ir);
        _hasEarly = true;
        return list;
    }

    /// <summary>Drops the blocks of a range of guest addresses; true if there were any. Exclusive section; the caller clears the jump caches.</summary>
    public bool Drop(ulong address, ulong length)
    {
        lock (_gate)
            return _pages.Take(address, length, Kill) > 0;
    }

    /// <summary>Drops the blocks of every page for which the predicate holds; true if there were any. Exclusive section.</summary>
    public bool DropPages(Func<ulong, bool> pageAddress)
    {
        lock (_gate)
            return _pages.TakeWhere(pageAddress, Kill) > 0;
    }

    /// <summary>Empties the cache and reuses its memory. Exclusive section; the caller clears the jump caches.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            NativeMemory.Clear(_buckets, (nuint)BucketBytes);
            _pages.Clear();
            _storesBeside.Clear();
            _arena.Clear();
            _backend.Flush();
            Flushes++;
        }
    }

    /// <summary>What led to a block leads to another from now on. vCPUs may still be in the old one, or find it in their jump cache: it stays as good as it was.</summary>
    private void Supersede(TranslatedBlock* old, TranslatedBlock* block)
    {
        Unhook(old);
        for (var link = old->Incoming; link is not null; link = link->Next)
            _backend.Link(link->Site, block);
        block->Incoming = old->Incoming;
        old->Incoming = null;
    }

    private void Publish(TranslatedBlock* block, IrBlock ir)
    {
        _pages.Add(_arena, block, ir.FetchEnd);
        foreach (var (start, end) in ir.Stretches)
            _pages.AddStretch(_arena, block, start, end);
        var bucket = _buckets + BucketOf(block->Pc);
        block->NextInBucket = *bucket;
        Volatile.Write(ref *(nint*)bucket, (nint)block);
        Translations++;
        TranslatedInstructions += block->InstructionCount;
    }

    private void Kill(nint record)
    {
        var block = (TranslatedBlock*)record;
        if (block->Dead != 0)
            return;
        Unhook(block);
        for (var link = block->Incoming; link is not null; link = link->Next)
            _backend.Unlink(link->Site);
        block->Incoming = null;
    }

    /// <summary>The block is not found any more.</summary>
    private void Unhook(TranslatedBlock* block)
    {
        block->Dead = 1;
        var at = _buckets + BucketOf(block->Pc);
        while (*at != block)
            at = &(*at)->NextInBucket;
        *at = block->NextInBucket;
    }

    // Neighbours stay neighbours: a small program touches few pages of the table.
    private static int BucketOf(ulong pc) => (int)((pc >> 1) ^ (pc >> (1 + BucketBits)) ^ (pc >> (1 + 2 * BucketBits))) & ((1 << BucketBits) - 1);

    /// <summary>Frees the native memory. No vCPU may run any more.</summary>
    public void Dispose()
    {
        if (_buckets is null)
            return;
        HostMemory.Release((byte*)_buckets, BucketBytes);
        _buckets = null;
        _pages.Dispose();
        _arena.Dispose();
    }
}
