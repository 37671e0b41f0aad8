namespace StandardPlugins;

/// <summary>What comes first.</summary>
public enum CflowSort
{
    /// <summary>The instructions that branched most often.</summary>
    Hottest,

    /// <summary>Those that failed most often.</summary>
    Early,

    /// <summary>Those with the most destinations, which mostly are returns.</summary>
    Exceptions,
}
