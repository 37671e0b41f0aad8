using Emu.Backend.Threaded;
using Emu.Guest.RiscV;

namespace Emu.Backend.Tests.Differential;

/// <summary>Runs blocks as threaded code.</summary>
internal sealed unsafe class ThreadedRun(bool fuse) : BackendRun(_ => new ThreadedBackend(RiscVState.Size, fuse))
{
    /// <summary>How many ops the block that was emitted last takes.</summary>
    public int OpCount => Record->CodeSize / Op.Bytes;

    /// <summary>The handler of one of its ops.</summary>
    public nint HandlerOf(int index) => (nint)((Op*)Record->Entry)[index].Run;
}

/// <content>The ways in which threaded code runs a block.</content>
internal sealed partial class Comparison
{
    private static partial (string Name, BackendRun Run)[] NewRuns() => [("not fused", new ThreadedRun(fuse: false)), ("fused", new ThreadedRun(fuse: true))];
}
