namespace Emu.Engine.Memory;

/// <summary>How the address of a <see cref="MapRequest"/> is meant.</summary>
public enum MapPlacement
{
    /// <summary>Use it if it is free, else choose.</summary>
    Hint,
    /// <summary>Exactly there, replacing what is mapped: MAP_FIXED.</summary>
    Fixed,
    /// <summary>Exactly there or not at all: MAP_FIXED_NOREPLACE.</summary>
    FixedNoReplace,
}

/// <summary>What to map.</summary>
public readonly record struct MapRequest
{
    /// <summary>Guest address, a multiple of the page size unless it is a hint; 0 as a hint: anywhere.</summary>
    public ulong Address { get; init; }

    /// <summary>Bytes, more than 0; rounded up to pages.</summary>
    public required ulong Length { get; init; }

    /// <summary>Rights of the guest: Read, Write, Execute.</summary>
    public required PagePermissions Permissions { get; init; }

    /// <summary>Meaning of <see cref="Address"/>.</summary>
    public MapPlacement Placement { get; init; }

    /// <summary>MAP_SHARED instead of MAP_PRIVATE.</summary>
    public bool IsShared { get; init; }

    /// <summary>The mapping grows down when the page below it is touched: MAP_GROWSDOWN. Zeroed private memory only.</summary>
    public bool GrowsDown { get; init; }

    /// <summary>Lock the pages: MAP_LOCKED.</summary>
    public bool IsLocked { get; init; }

    /// <summary>Have the pages there at once: MAP_POPULATE.</summary>
    public bool IsPopulated { get; init; }

    /// <summary>Do not count the memory against the host's overcommit limit: MAP_NORESERVE.</summary>
    public bool NoReserve { get; init; }

    /// <summary>Host file descriptor of <see cref="File"/>, or the number of the segment; needed only during the call.</summary>
    public int Descriptor { get; init; }

    /// <summary>The file to map, or null for zeroed memory.</summary>
    public MappedFile? File { get; init; }

    /// <summary>Offset in the file, a multiple of the page size.</summary>
    public long Offset { get; init; }

    /// <summary>Size of a regular file in bytes; <see cref="long.MaxValue"/> for files that have no end, such as devices.</summary>
    public long FileSize { get; init; }

    /// <summary>A name for memory without a file, such as <c>[stack]</c>.</summary>
    public string? Label { get; init; }
}
