namespace StandardPlugins;

/// <summary>The service that counts where branches, jumps, calls and returns go. Plugin <c>branches</c> provides it.</summary>
public interface IBranchCounts
{
    /// <summary>The instructions of that kind that were translated, executed or not: a snapshot, by address. What vCPUs that run have done lately may be missing.</summary>
    IReadOnlyList<BranchSite> Sites { get; }
}
