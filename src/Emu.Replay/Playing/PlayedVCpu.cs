using Emu.Engine.Instrumentation.Replaying;

namespace Emu.Replay.Playing;

/// <summary>A vCPU of a recording.</summary>
internal sealed class PlayedVCpu(ReplayedVCpu vcpu)
{
    /// <summary>What plugins are driven by.</summary>
    public ReplayedVCpu Replayed => vcpu;

    /// <summary>The system call that it has made last: the number, the name and the arguments, which its result comes with.</summary>
    public (long Number, string Name, ulong[] Arguments)? Call { get; set; }

    /// <summary>True in a forked child: the call that made it stands in its parent's recording, and it begins with the result.</summary>
    public bool IsForked { get; set; }
}
