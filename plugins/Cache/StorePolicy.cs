namespace StandardPlugins;

/// <summary>What a store does beside using its line; the names are the words of the option.</summary>
public enum StorePolicy
{
    /// <summary>Nothing: stores are as loads, and nothing is written back.</summary>
    Alike,

    /// <summary>Its line is written when it is given up.</summary>
    Back,

    /// <summary>It is written at once.</summary>
    Through,
}
