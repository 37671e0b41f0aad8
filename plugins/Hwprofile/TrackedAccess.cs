namespace StandardPlugins;

/// <summary>Which accesses <see cref="Hwprofile"/> counts; the names are the words of its option.</summary>
public enum TrackedAccess
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>Loads.</summary>
    Read,

    /// <summary>Stores.</summary>
    Write,
}
