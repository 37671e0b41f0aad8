namespace StandardPlugins;

/// <summary>Which line of a full set makes room for another.</summary>
public enum Eviction
{
    /// <summary>That which was not used for the longest time.</summary>
    Lru,

    /// <summary>That which came first.</summary>
    Fifo,

    /// <summary>Any.</summary>
    Rand,

    /// <summary>One that was not used lately, by a tree of bits (<see cref="PlruTree"/>).</summary>
    Plru,
}
