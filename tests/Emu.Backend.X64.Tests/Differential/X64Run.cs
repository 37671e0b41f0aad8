using Emu.Backend.X64;
using Emu.Guest.RiscV;

namespace Emu.Backend.Tests.Differential;

/// <summary>Runs blocks as machine code.</summary>
/// <param name="without">Features of the host that it does without.</param>
internal sealed class X64Run(HostFeature without = HostFeature.None) : BackendRun(memory => new X64Backend(new RiscVGuest(), memory, without: without));

/// <content>The one way in which machine code runs a block.</content>
internal sealed partial class Comparison
{
    private static partial (string Name, BackendRun Run)[] NewRuns() => [("x64", new X64Run())];
}
