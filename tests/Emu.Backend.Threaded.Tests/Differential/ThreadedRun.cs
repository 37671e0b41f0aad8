using Emu.Backend.Threaded;
using Emu.Guest.RiscV;

namespace Emu.Backend.Tests.Differential;

/// <summary>Runs blocks as threaded code.</summary>
internal sealed class ThreadedRun(bool fuse) : BackendRun(_ => new ThreadedBackend(RiscVState.Size, fuse));

/// <content>The ways in which threaded code runs a block.</content>
internal sealed partial class Comparison
{
    private static partial (string Name, BackendRun Run)[] NewRuns() => [("not fused", new ThreadedRun(fuse: false)), ("fused", new ThreadedRun(fuse: true))];
}
