using Emu.Engine.Execution;

namespace Emu.Engine.CodeCache;

/// <summary>
/// A vCPU's counts of how often blocks were entered, by guest address, behind its jump cache: translated code adds <see cref="Ir.IrBlock.EntryStep"/> to a word, whose overflow
/// says that the block is hot. Blocks may share a word.
/// </summary>
public static unsafe class HeatTable
{
    private const int Count = 1 << 13;

    /// <summary>Bytes from the state block's start to the table.</summary>
    public static readonly int Offset = VCpuContext.StateBytes + JumpCacheEntry.Count * sizeof(JumpCacheEntry);

    /// <summary>Bytes of the table.</summary>
    public const int Bytes = Count * sizeof(uint);

    /// <summary>Bytes from the state block's start to the word of the block at that guest address.</summary>
    public static int OffsetOf(ulong pc) => Offset + (int)(((pc >> 1) ^ (pc >> 14)) & (Count - 1)) * sizeof(uint);
}
