using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Linux.Process;

namespace Emu.Cli.Running;

/// <summary>How a run ended.</summary>
/// <param name="Exit">How the guest ended.</param>
/// <param name="Time">How long it ran, without its loading and the reports.</param>
internal sealed record RunOutcome(GuestExit Exit, TimeSpan Time)
{
    /// <summary>True if the guest has not ended but is about to execute another program.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>The plugins that failed.</summary>
    public IReadOnlyList<PluginFailure> Failures { get; init; } = [];
}
