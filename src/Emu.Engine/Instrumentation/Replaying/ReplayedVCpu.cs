using Emu.Engine.Execution;

namespace Emu.Engine.Instrumentation.Replaying;

/// <summary>A vCPU of a replay: how far it has come in which block.</summary>
public sealed class ReplayedVCpu
{
    internal ReplayedVCpu(VCpuContext context) => Context = context;

    /// <summary>What plugins see of it.</summary>
    public VCpuContext Context { get; }

    /// <summary>The block that it is in; null between blocks.</summary>
    public RecordedBlock? Block { get; internal set; }

    /// <summary>How many instructions of the block it has begun.</summary>
    public int Begun { get; internal set; }

    /// <summary>How many of those it has completed.</summary>
    internal int Completed { get; set; }
}
