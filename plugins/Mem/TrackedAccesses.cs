namespace StandardPlugins;

/// <summary>Which accesses <see cref="Mem"/> looks at; the names are the words of its option.</summary>
public enum TrackedAccesses
{
    /// <summary>Loads.</summary>
    R,
    /// <summary>Stores.</summary>
    W,
    /// <summary>Both.</summary>
    Rw,
}
