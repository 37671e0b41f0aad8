using Emu.Engine.CodeCache;
using Emu.Engine.Memory;

namespace Emu.Backend.X64.Code;

/// <summary>
/// Tells the guest instruction of an access from the place in the code where it failed. Each block keeps its rows behind its record; a list of all blocks, which lie in the
/// order in which they were emitted in either part of the code, finds the block. Writing is guarded by the code cache's lock, reading is lock-free.
/// </summary>
internal sealed unsafe class FaultTable : IDisposable
{
    // A block takes 16 bytes of hot code at least.
    private const long Capacity = FaultHandler.SlotSize * 3 / 8 / 16;

    private readonly byte* _codeStart;
    private Block* _blocks = (Block*)HostMemory.Reserve(null, Capacity * sizeof(Block), HostProtection.Read | HostProtection.Write, fixedAddress: false);
    private int _count;
    private TranslatedBlock* _record;
    private Row* _rows;
    private int _rowCount;
    private Head* _head;

    public FaultTable(byte* codeStart) => _codeStart = codeStart;

    /// <summary>Bytes that the rows of a block need at most.</summary>
    public static int MaxSize(int accesses) => sizeof(Head) + accesses * 3 * sizeof(Row) + Swap.Most * sizeof(Swap);

    /// <summary>A block begins at these places.</summary>
    public void Begin(byte* hot, byte* cold, TranslatedBlock* record)
    {
        _blocks[_count] = new Block { Hot = (uint)(hot - _codeStart), Cold = (uint)(cold - _codeStart), Record = record };
        _record = record;
        _head = (Head*)TranslatedBlock.CodeOf(record);
        *_head = default;
        _rows = (Row*)(_head + 1);
        _rowCount = 0;
    }

    /// <summary>The access at a place in the code belongs to the instruction at that guest address.</summary>
    public void Add(byte* place, ulong pc, bool isWrite) =>
        _rows[_rowCount++] = new Row { Place = (uint)(place - _codeStart), Instruction = ((uint)(pc - _record->Pc) << 1) | (isWrite ? 1u : 0) };

    /// <summary>The block has a link stub there; it has two at most. Of a trace, which is left at once when it has stored to code, nobody asks for them.</summary>
    public void AddExit(byte* stub)
    {
        if (_record->IsTrace)
            return;
        if (_head->FirstExit == 0)
            _head->FirstExit = (uint)(stub - _codeStart);
        else
            _head->SecondExit = (uint)(stub - _codeStart);
    }

    /// <summary>The block ends, in which these registers have changed places; its bytes behind the record.</summary>
    public int End(List<Swap> swaps)
    {
        _head->Rows = _rowCount;
        _head->Swaps = swaps.Count;
        for (var i = 0; i < swaps.Count; i++)
            SwapsOf(_head)[i] = swaps[i];
        Volatile.Write(ref _count, _count + 1);
        return sizeof(Head) + _rowCount * sizeof(Row) + swaps.Count * sizeof(Swap);
    }

    /// <summary>The block that ended last is emitted again.</summary>
    public void Drop() => _count--;

    /// <summary>
    /// A block was left in its middle, with the host registers in the state block as in all code: gives those that have changed places in it theirs. The words are where they were if
    /// the block is not resumed.
    /// </summary>
    public static void SwapBack(nint record, byte* state)
    {
        var head = (Head*)TranslatedBlock.CodeOf((TranslatedBlock*)record);
        for (var i = 0; i < head->Swaps; i++)
        {
            ref readonly var swap = ref SwapsOf(head)[i];
            *(ulong*)(state + swap.Hot) = *(ulong*)(state + swap.Cold);
            *(ulong*)(state + swap.Cold) = *(ulong*)(state + swap.Home);
        }
    }

    /// <summary>Forgets all blocks.</summary>
    public void Clear() => _count = 0;

    /// <summary>The instruction whose access failed at a place, and whether it writes.</summary>
    /// <exception cref="InvalidOperationException">There is no access at that place.</exception>
    public FailedAccess Find(byte* place)
    {
        var wanted = (uint)(place - _codeStart);
        var count = Volatile.Read(ref _count);
        if (Search(count, wanted, isCold: false) is var hot && hot >= 0 && FindIn(_blocks[hot].Record, wanted) is { } found)
            return found;
        if (Search(count, wanted, isCold: true) is var cold && cold >= 0 && FindIn(_blocks[cold].Record, wanted) is { } coldFound)
            return coldFound;
        throw new InvalidOperationException($"translated code faulted at offset 0x{wanted:x}, where it accesses no guest memory");
    }

    /// <summary>The last block that begins at or before the place.</summary>
    private int Search(int count, uint place, bool isCold)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if ((isCold ? _blocks[middle].Cold : _blocks[middle].Hot) <= place)
                low = middle + 1;
            else
                high = middle;
        }

        // Blocks without cold code begin at the same place as the next.
        return low - 1;
    }

    private FailedAccess? FindIn(TranslatedBlock* record, uint place)
    {
        var head = (Head*)TranslatedBlock.CodeOf(record);
        var rows = (Row*)(head + 1);
        for (var i = 0; i < head->Rows; i++)
            if (rows[i].Place == place)
                return new FailedAccess(
                    (nint)record, record->Pc + (ulong)((int)rows[i].Instruction >> 1), (rows[i].Instruction & 1) != 0, (nint)StubAt(head->FirstExit), (nint)StubAt(head->SecondExit));
        return null;
    }

    /// <summary>They lie behind the rows.</summary>
    private static Swap* SwapsOf(Head* head) => (Swap*)((Row*)(head + 1) + head->Rows);

    private byte* StubAt(uint offset) => offset == 0 ? null : _codeStart + offset;

    public void Dispose()
    {
        if (_blocks is null)
            return;
        HostMemory.Release((byte*)_blocks, Capacity * sizeof(Block));
        _blocks = null;
    }

    private struct Block
    {
        public uint Hot;
        public uint Cold;
        public TranslatedBlock* Record;
    }

    private struct Head
    {
        public int Rows;
        public uint FirstExit;
        public uint SecondExit;
        public int Swaps;
    }

    private struct Row
    {
        public uint Place;

        /// <summary>How far the guest instruction lies from the block's first, in a trace before it too; the lowest bit tells a write.</summary>
        public uint Instruction;
    }
}

/// <summary>An access that failed.</summary>
/// <param name="Record">The block's record.</param>
/// <param name="Pc">Guest address of the instruction.</param>
/// <param name="IsWrite">A store.</param>
/// <param name="FirstExit">The block's first link stub, where it is executed, or 0.</param>
/// <param name="SecondExit">The block's second link stub, or 0.</param>
internal readonly record struct FailedAccess(nint Record, ulong Pc, bool IsWrite, nint FirstExit, nint SecondExit);
