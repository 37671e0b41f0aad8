namespace StandardPlugins;

/// <summary>Which accesses <see cref="Memtrace"/> writes; the names are the words of its option.</summary>
public enum AccessChoice
{
    /// <summary>Loads.</summary>
    R,
    /// <summary>Stores.</summary>
    W,
    /// <summary>Both.</summary>
    Rw,
}
