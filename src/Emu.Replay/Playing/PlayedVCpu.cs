using Emu.Engine.Instrumentation.Replaying;

namespace Emu.Replay.Playing;

/// <summary>A vCPU of a recording.</summary>
internal sealed class PlayedVCpu(ReplayedVCpu vcpu)
{
    /// <summary>What plugins are driven by.</summary>
    public ReplayedVCpu Replayed => vcpu;

    /// <summary>The system call that it has made last: the number, the name and the arguments, which its result comes with.</summary>
    public (long Number, string Name, ulong[] Arguments)? Call { get; set; }
}
