namespace StandardPlugins;

/// <summary>How pages are ordered.</summary>
public enum PageOrder
{
    /// <summary>Those with most accesses first.</summary>
    All,

    /// <summary>Those with most loads first.</summary>
    Reads,

    /// <summary>Those with most stores first.</summary>
    Writes,

    /// <summary>The lowest first.</summary>
    Address,
}
