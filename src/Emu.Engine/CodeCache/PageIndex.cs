using System.Runtime.InteropServices;
using Emu.Engine.Memory;

namespace Emu.Engine.CodeCache;

/// <summary>
/// Which blocks depend on which guest page: on its bytes, or on that they cannot be fetched. Pages outside of the address space never change and are not
/// listed. Not thread-safe: the block cache's lock guards it.
/// </summary>
internal sealed unsafe class PageIndex : IDisposable
{
    private const int Buckets = 1 << 12;
    private const ulong LastPage = (GuestMemory.Size - 1) >> GuestMemory.PageBits;
    private Node** _heads = (Node**)HostMemory.Reserve(null, Buckets * sizeof(Node*), HostProtection.Read | HostProtection.Write, fixedAddress: false);

    /// <summary>Arena bytes per page that a block touches; it touches one or two.</summary>
    public static int NodeSize => (sizeof(Node) + 31) & ~31;

    public void Add(CodeArena arena, TranslatedBlock* block, ulong fetchEnd)
    {
        var first = block->Pc >> GuestMemory.PageBits;
        var last = Math.Min((Math.Max(fetchEnd, block->Pc + 1) - 1) >> GuestMemory.PageBits, LastPage);
        for (var page = first; page <= last; page++)
            Add(arena, page, block);
    }

    /// <summary>Adds the block to the pages of another range that it depends on, which lies in one or two pages.</summary>
    public void AddStretch(CodeArena arena, TranslatedBlock* block, ulong start, ulong end)
    {
        for (var page = start >> GuestMemory.PageBits; page <= Math.Min((end - 1) >> GuestMemory.PageBits, LastPage); page++)
            if (!IsNewest(page, block))
                Add(arena, page, block);
    }

    /// <summary>The block is in that page's list already, at its front.</summary>
    private bool IsNewest(ulong page, TranslatedBlock* block) => _heads[BucketOf(page)] is var head && head is not null && head->Page == page && head->Block == block;

    private void Add(CodeArena arena, ulong page, TranslatedBlock* block)
    {
        var node = (Node*)arena.Take(sizeof(Node));
        var head = _heads + BucketOf(page);
        *node = new Node { Page = page, Block = block, Next = *head };
        *head = node;
    }

    /// <summary>True if the page has live blocks and none of them has a byte from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public bool HasBeside(ulong page, ulong start, ulong end)
    {
        var found = false;
        for (var node = _heads[BucketOf(page)]; node is not null; node = node->Next)
        {
            if (node->Page != page || node->Block->Dead != 0)
                continue;
            if (node->Block->Pc < end && node->Block->EndPc > start)
                return false;
            found = true;
        }

        return found;
    }

    /// <summary>Removes the blocks of a range and shows each to <paramref name="taken"/>, some of them twice; returns how many entries there were.</summary>
    public int Take(ulong address, ulong length, Action<nint> taken)
    {
        var first = address >> GuestMemory.PageBits;
        var last = address < GuestMemory.Size ? (address + Math.Min(Math.Max(length, 1), GuestMemory.Size - address) - 1) >> GuestMemory.PageBits : 0;
        if (last < first)
            return 0;
        if (last - first >= Buckets)
            return TakeWhere(page => page >> GuestMemory.PageBits >= first && page >> GuestMemory.PageBits <= last, taken);
        var count = 0;
        for (var page = first; page <= last; page++)
        {
            var wanted = page;
            count += TakeFrom(_heads + BucketOf(page), candidate => candidate == wanted, taken);
        }

        return count;
    }

    /// <summary>As <see cref="Take"/>, for the pages whose address satisfies the predicate.</summary>
    public int TakeWhere(Func<ulong, bool> pageAddress, Action<nint> taken)
    {
        var count = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
            count += TakeFrom(_heads + bucket, page => pageAddress(page << GuestMemory.PageBits), taken);
        return count;
    }

    /// <summary>The block whose record lies there, or whose bytes behind it do, and that has an instruction at that guest address; null if there is none.</summary>
    public TranslatedBlock* Find(ulong pc, void* position)
    {
        var page = pc >> GuestMemory.PageBits;
        TranslatedBlock* found = null;
        for (var node = _heads[BucketOf(page)]; node is not null; node = node->Next)
            if (node->Page == page && node->Block <= position && node->Block > found)
                found = node->Block;
        return found;
    }

    public void Clear() => NativeMemory.Clear(_heads, (nuint)(Buckets * sizeof(Node*)));

    public void Dispose()
    {
        if (_heads is not null)
            HostMemory.Release((byte*)_heads, Buckets * sizeof(Node*));
        _heads = null;
    }

    private static int TakeFrom(Node** at, Func<ulong, bool> wanted, Action<nint> taken)
    {
        var count = 0;
        while (*at is not null)
        {
            if (!wanted((*at)->Page))
            {
                at = &(*at)->Next;
                continue;
            }

            taken((nint)(*at)->Block);
            *at = (*at)->Next;
            count++;
        }

        return count;
    }

    private static int BucketOf(ulong page) => (int)(page & (Buckets - 1));

    private struct Node
    {
        public ulong Page;
        public TranslatedBlock* Block;
        public Node* Next;
    }
}
