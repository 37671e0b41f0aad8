namespace StandardPlugins;

/// <summary>What a cache holds of the lines that the caches above it hold; the names are the words of the option.</summary>
public enum Inclusion
{
    /// <summary>Neither inclusive nor exclusive: what it brought stays as long as there is room, whatever is above.</summary>
    Nine,

    /// <summary>All: what it gives up is taken from above, too.</summary>
    Inclusive,

    /// <summary>Nothing: a line moves up, and comes back when it is given up there.</summary>
    Exclusive,
}
