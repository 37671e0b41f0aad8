using System.Runtime.InteropServices;

namespace Emu.Engine.CodeCache;

/// <summary>
/// A translated block's record in the code arena. Fields are written under the cache's lock; the record is freed only with the whole arena.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct TranslatedBlock
{
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
    public int Dead;
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
