namespace StandardPlugins;

/// <summary>What is known of a line that is held.</summary>
[Flags]
internal enum LineState : byte
{
    /// <summary>As memory has it.</summary>
    Clean = 0,

    /// <summary>Stored to; memory must be told when it is given up.</summary>
    Dirty = 1,

    /// <summary>A prefetcher brought it, and nobody has used it yet.</summary>
    Prefetched = 2,
}
