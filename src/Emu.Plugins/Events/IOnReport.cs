namespace Emu.Plugins;

/// <summary>Somebody wants to know the results so far: for plugins that can tell them more than once.</summary>
public interface IOnReport
{
    /// <summary>
    /// Called when results are asked for while the guest runs, with every vCPU stopped between two instructions, on a thread that is none of theirs; and once at the end, directly before
    /// <see cref="IOnExit"/> if the plugin has that too. It changes nothing that a later report tells.
    /// </summary>
    /// <param name="report">Where the results of the plugin go; valid during the call.</param>
    void OnReport(ReportWriter report);
}
