namespace Emu.Plugins;

/// <summary>The guest ended: the place to write files and to report what can be told only once; <see cref="IOnReport"/> is for all else.</summary>
public interface IOnExit
{
    /// <summary>Called once when the guest ends, after the last callback of every vCPU, on the thread that ends the guest.</summary>
    /// <param name="report">Where the results of the plugin go; valid during the call.</param>
    void OnExit(ReportWriter report);
}
