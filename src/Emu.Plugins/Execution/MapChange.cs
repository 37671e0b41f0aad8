namespace Emu.Plugins;

/// <summary>A range of the guest's address space that has changed.</summary>
public readonly record struct MapChange
{
    /// <summary>Makes a change of an empty range.</summary>
    public MapChange()
    {
    }

    /// <summary>What was done.</summary>
    public MapChangeKind Kind { get; init; }

    /// <summary>Guest address of the first page.</summary>
    public ulong Start { get; init; }

    /// <summary>Guest address after the last page.</summary>
    public ulong End { get; init; }

    /// <summary>What the guest may do there now.</summary>
    public MapRights Rights { get; init; }

    /// <summary>True if stores reach the file and other processes.</summary>
    public bool IsShared { get; init; }

    /// <summary>The file on the host, a name such as <c>[heap]</c>, or empty, as <c>/proc/self/maps</c> has it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where in the file the range begins.</summary>
    public ulong FileOffset { get; init; }

    /// <summary>For a move: where the pages were before.</summary>
    public ulong OldStart { get; init; }

    /// <summary>For a move: where the pages ended before.</summary>
    public ulong OldEnd { get; init; }
}
