using Emu.Plugins;

namespace StandardPlugins;

/// <summary>An instruction that may send the program elsewhere, and what was counted there.</summary>
/// <param name="Address">Guest address.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The instruction as assembly text.</param>
/// <param name="Symbol">The function that it lies in; empty if that is not known.</param>
public sealed record BranchSite(ulong Address, ControlFlow Kind, string Text, string Symbol)
{
    /// <summary>How often the program went elsewhere.</summary>
    public ulong Taken { get; init; }

    /// <summary>For a branch: how often it was not taken.</summary>
    public ulong NotTaken { get; init; }

    /// <summary>Where the program went, each with how often, the most frequent first. What never was is not there.</summary>
    public IReadOnlyList<(ulong Address, ulong Hits)> Targets { get; init; } = [];

    /// <summary>How often it was executed.</summary>
    public ulong Executed => Taken + NotTaken;
}
