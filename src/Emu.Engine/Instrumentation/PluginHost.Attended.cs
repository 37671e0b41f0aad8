using Emu.Plugins;

namespace Emu.Engine.Instrumentation;

// What somebody who attends to a running guest asks for.
public abstract partial class PluginHost
{
    /// <summary>
    /// Runs an action that installs or takes away plugins while all vCPUs are outside translated code, and does what it asked for before they go on: the next block of each is translated for
    /// the plugins that are there then. From a thread that is no vCPU's.
    /// </summary>
    /// <returns>False, and nothing is done, if the guest has ended and plugins have reported.</returns>
    public bool TryWhileStopped(Action action)
    {
        var done = false;
        _queue.RunAndDrain(() =>
        {
            done = Volatile.Read(ref _exits) == 0;
            if (done)
                action();
        });
        return done;
    }

    /// <summary>Lets plugins report while the guest runs. Within <see cref="TryWhileStopped"/>.</summary>
    /// <param name="report">Where they report.</param>
    /// <param name="only">One plugin, or null for all that can.</param>
    public void ReportSoFar(ReportWriter report, PluginInstance? only = null)
    {
        HandOverTraces();
        foreach (var plugin in _plugins)
        {
            if (only is not null && only != plugin)
                continue;
            Report(plugin, report, PluginEvents.Report);
        }

        foreach (var failure in Failures)
            if (only is null || only.Name == failure.Plugin)
                report.Fail(failure.Plugin, failure.Reason);
        report.Complete();
    }
}
