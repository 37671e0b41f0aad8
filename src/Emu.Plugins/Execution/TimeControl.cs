namespace Emu.Plugins;

/// <summary>
/// The clock of a full machine, in the hands of the one plugin that took it (<see cref="Host.TryTakeTimeControl"/>); until the plugin is uninstalled or reset. Members may be called from
/// any thread.
/// </summary>
public abstract class TimeControl
{
    private protected TimeControl()
    {
    }

    /// <summary>The guest's time in nanoseconds; 0 when control is taken.</summary>
    public abstract ulong Now { get; }

    /// <summary>Moves the guest's time on; timers that are due by then raise their interrupts.</summary>
    /// <param name="nanoseconds">The new time, since control was taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies before <see cref="Now"/>.</exception>
    public abstract void AdvanceTo(ulong nanoseconds);

    /// <summary>
    /// From now on each vCPU waits, whenever it has executed so many instructions, until every other has executed as many; they run in parallel in between. Who is idle counts as there.
    /// </summary>
    /// <param name="instructions">The length of a window; 0 to let vCPUs run freely again.</param>
    public abstract void MeetEvery(ulong instructions);
}
