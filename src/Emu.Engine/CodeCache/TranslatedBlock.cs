using System.Runtime.InteropServices;

namespace Emu.Engine.CodeCache;

/// <summary>
/// A translated block's record in the code arena. Fields are written under the cache's lock; the record is freed only with the whole arena.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = RecordSize)]
public unsafe struct TranslatedBlock
{
    /// <summary>Bytes of a record; the block's code follows it directly.</summary>
    public const int RecordSize = 64;

    /// <summary>Where the block's code begins.</summary>
    public static byte* CodeOf(TranslatedBlock* block) => (byte*)block + RecordSize;

    /// <summary>The record of the block whose code begins there.</summary>
    public static TranslatedBlock* OfCode(void* code) => (TranslatedBlock*)((byte*)code - RecordSize);

    /// <summary>Guest address of the first instruction.</summary>
    public ulong Pc;

    /// <summary>Guest address after the last instruction.</summary>
    public ulong EndPc;

    /// <summary>Where the backend enters it.</summary>
    public void* Entry;

    /// <summary>Next record with the same hash.</summary>
    public TranslatedBlock* NextInBucket;

    /// <summary>Exits of other blocks that are linked to this one.</summary>
    public IncomingLink* Incoming;

    /// <summary>The event mask the block was translated for: part of its key.</summary>
    public uint Mask;

    /// <summary>Bytes of emitted code.</summary>
    public int CodeSize;

    /// <summary>Guest instructions.</summary>
    public int InstructionCount;

    /// <summary>Not zero once the block was dropped: it must not be linked or entered again.</summary>
    public short Dead;

    /// <summary>It is a trace: <see cref="Ir.IrBlock.IsTrace"/>.</summary>
    public bool IsTrace;

    /// <summary>Plugins have put something into it.</summary>
    public bool IsInstrumented;

    /// <summary>What has to be taken back if it is left in its middle, or null.</summary>
    internal EarlySumList* Early;
}

/// <summary>An exit that was linked to a block.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct IncomingLink
{
    /// <summary>The backend's site.</summary>
    public void* Site;

    /// <summary>Next link to the same block.</summary>
    public IncomingLink* Next;
}
