namespace Emu.Plugins;

/// <summary>What a <see cref="MapChange"/> is.</summary>
public enum MapChangeKind
{
    /// <summary>Mapped in place of what was there: mmap, brk that makes the heap grow, shmat, and what a program begins with.</summary>
    Map,

    /// <summary>Nothing is there any more: munmap, brk that makes the heap shrink, shmdt.</summary>
    Unmap,

    /// <summary>Other rights: mprotect.</summary>
    Protect,

    /// <summary>Moved or resized: mremap.</summary>
    Move,
}
