namespace StandardPlugins;

/// <summary>What is brought to the cache of data before it is asked for; the names are the words of the option.</summary>
public enum Prefetch
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The next lines, when a line was missing or one that was brought so is used first.</summary>
    Next,

    /// <summary>What lies as far ahead as the instruction's last two accesses were apart, once that is the same twice.</summary>
    Stride,
}
