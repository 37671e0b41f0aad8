using ZLinq;

namespace StandardPlugins;

/// <summary>An instruction from which the program went on elsewhere.</summary>
/// <param name="Address">Guest address.</param>
/// <param name="Symbol">The function that it lies in; empty if that is not known.</param>
/// <param name="Text">The instruction; empty for one that failed.</param>
/// <param name="EarlyExits">How often it failed.</param>
/// <param name="Targets">Where to, each with how often.</param>
internal sealed record CflowNode(ulong Address, string Symbol, string Text, ulong EarlyExits, IReadOnlyList<(ulong Address, ulong Hits)> Targets)
{
    /// <summary>How often the program went elsewhere.</summary>
    public ulong Branches { get; } = Targets.AsValueEnumerable().Select(static target => target.Hits).Aggregate(0UL, static (sum, hits) => sum + hits);
}
