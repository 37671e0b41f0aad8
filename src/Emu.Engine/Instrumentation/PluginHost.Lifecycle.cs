using System.Collections.Immutable;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Plugins;
using ZLinq;

namespace Emu.Engine.Instrumentation;

// Subscriptions, uninstalling, resetting, failing, the end. Each takes effect in two steps: the lists of subscribers are swapped at once, and the code that
// was translated with the old ones is dropped when every vCPU has left it.
public abstract partial class PluginHost
{
    private int _flushQueued;
    private ImmutableList<PluginFailure> _failures = [];
    private int _exits;
    private PluginEvents _reachable = PluginEvents.All;

    /// <summary>The plugins that have thrown so far, in that order: a snapshot.</summary>
    public IReadOnlyList<PluginFailure> Failures => _failures;

    /// <summary>
    /// Told of each plugin that has thrown, on whatever thread that was, inside translated code too, so it must not wait for a vCPU; null to have a line in the log. Set before the
    /// first vCPU runs.
    /// </summary>
    public Action<PluginFailure>? Failed { get; init; }

    /// <summary>
    /// Removes a plugin, asynchronously: when all vCPUs are outside translated code, its code is dropped, <paramref name="done"/> is called, and then its scoreboards
    /// are freed.
    /// </summary>
    /// <exception cref="InvalidOperationException">No such plugin is installed, it is being installed, it is being uninstalled already, or another one needs a service of it.</exception>
    public void Uninstall(PluginId id, Action? done = null)
    {
        PluginInstance plugin;
        lock (_gate)
        {
            plugin = Find(id);
            RefuseWhileUsed(plugin);
            plugin.State = PluginState.Uninstalling;
        }

        _queue.Add(() =>
        {
            lock (_gate)
            {
                plugin.State = PluginState.Uninstalled;
                _plugins = Array.FindAll(_plugins, other => other != plugin);
                Publish();
            }

            Machine.FlushCode();
            HandOverTraces();
            Call(plugin, done);
            EndServices(plugin);
            Close(plugin);
            lock (_gate)
                plugin.Free();
            UninstallUnused();
        });
    }

    /// <summary>Ends all subscriptions of a plugin and drops its code, asynchronously as <see cref="Uninstall"/>; it stays installed.</summary>
    /// <exception cref="InvalidOperationException">No such plugin is installed, it is being installed, or it is being uninstalled.</exception>
    public void Reset(PluginId id, Action? done = null)
    {
        PluginInstance plugin;
        lock (_gate)
            plugin = Find(id);
        _queue.Add(() =>
        {
            lock (_gate)
            {
                plugin.Wanted = PluginEvents.None;
                Publish();
            }

            Machine.FlushCode();
            HandOverTraces();
            Call(plugin, done);
        });
    }

    /// <summary>A plugin has thrown: disables it, with one message that names it. Callable from anywhere, translated code included.</summary>
    public void OnPluginFailed(Plugin plugin, Exception exception)
    {
        PluginInstance? failed;
        bool mustFlush;
        lock (_gate)
        {
            failed = Array.Find(_plugins, instance => instance.Plugin == plugin);
            if (failed is null || failed.HasFailed)
                return;
            failed.HasFailed = true;
            mustFlush = Publish();
        }

        Note(new PluginFailure(failed.Name, Describe(exception)));
        if (mustFlush)
            QueueFlush();
    }

    /// <summary>
    /// The guest has ended. Stops all vCPUs, tells of the end of those that are alive, drops everything but the exit events and all translated code, then lets each
    /// plugin report (R74). A second call does nothing. Called outside translated code.
    /// </summary>
    public void Exit(ReportWriter report)
    {
        if (Interlocked.Exchange(ref _exits, 1) != 0)
            return;
        Machine.Exclusive.Run(() =>
        {
            HandOverTraces();
            EndVCpus();
            FlushOutputs();
            Machine.FlushCode();
            foreach (var plugin in _plugins)
                Report(plugin, report, PluginEvents.Report | PluginEvents.Exit);
            FlushOutputs();
        });
        foreach (var plugin in _plugins)
            foreach (var line in plugin.Scope?.Missing(Symbols) ?? [])
                Log($"emu: plugin '{plugin.Name}': {line}");
        foreach (var failure in Failures)
            report.Fail(failure.Plugin, failure.Reason);
        report.Complete();
        _queue.Drain();
    }

    /// <summary>Tells of the end of every vCPU that is alive; from then on nobody listens to anything but the exit event.</summary>
    private void EndVCpus()
    {
        VCpuContext[] alive;
        lock (_gate)
            alive = _accesses.Keys.AsValueEnumerable().OrderBy(vcpu => vcpu.ThreadId).ToArray();
        foreach (var vcpu in alive)
        {
            Deliver(PluginEvents.VCpuResume, Resuming(vcpu), vcpu);
            Deliver(PluginEvents.VCpuExit, Subscribers(PluginEvents.VCpuExit), vcpu);
        }

        lock (_gate)
        {
            _reachable = PluginEvents.Report | PluginEvents.Exit;
            Publish();
        }

        foreach (var vcpu in Machine.VCpus)
            vcpu.SetMask(EventMask.None);
    }

    /// <summary>Adds and removes events that a plugin wants. Ignored once it is being uninstalled (R18).</summary>
    internal void Change(PluginInstance plugin, PluginEvents add, PluginEvents remove)
    {
        bool mustFlush;
        lock (_gate)
        {
            if (plugin.State is not (PluginState.Installing or PluginState.Active))
                return;
            plugin.Wanted = (plugin.Wanted | add) & ~remove;
            mustFlush = Publish();
        }

        if (mustFlush)
            QueueFlush();
    }

    /// <summary>
    /// Swaps the lists of subscribers for what the plugins want now, and queues the new mask to every vCPU. True if code is translated differently from
    /// now on, so that what is there must be dropped. Under the plugin lock.
    /// </summary>
    private bool Publish()
    {
        var (old, next) = (_subscribers, new Subscribers(_plugins, _reachable));
        _subscribers = next;
        if (old.Mask != next.Mask)
            foreach (var vcpu in Machine.VCpus)
                vcpu.Post(running => running.SetMask(Mask));
        return !old.TranslatesAs(next) && VCpuCount > 0;
    }

    private void QueueFlush()
    {
        if (Interlocked.Exchange(ref _flushQueued, 1) != 0)
            return;
        _queue.Add(() =>
        {
            Volatile.Write(ref _flushQueued, 0);
            Machine.FlushCode();
        });
    }

    private PluginInstance Find(PluginId id)
    {
        var plugin = Array.Find(_plugins, instance => instance.Id == id)
            ?? throw new InvalidOperationException("no installed plugin has this id");
        if (plugin.State == PluginState.Uninstalling)
            throw new InvalidOperationException($"plugin '{plugin.Name}' is being uninstalled already");
        return plugin;
    }

    /// <summary>Lets a plugin report by those of the given events that it wants.</summary>
    private void Report(PluginInstance plugin, ReportWriter report, PluginEvents events)
    {
        var wanted = plugin.HasFailed || plugin.IsForOthers ? PluginEvents.None : plugin.Wanted & events;
        if (wanted == PluginEvents.None)
            return;
        report.BeginPlugin(plugin.Name);
        try
        {
            if ((wanted & PluginEvents.Report) != 0)
                ((IOnReport)plugin.Plugin).OnReport(report);
            if ((wanted & PluginEvents.Exit) != 0)
                ((IOnExit)plugin.Plugin).OnExit(report);
        }
        catch (Exception exception)
        {
            OnPluginFailed(plugin.Plugin, exception);
        }

        report.EndPlugin();
    }

    private void Call(PluginInstance plugin, Action? done)
    {
        try
        {
            done?.Invoke();
        }
        catch (Exception exception)
        {
            Note(new PluginFailure(plugin.Name, Describe(exception)));
        }
    }

    private void Note(PluginFailure failure)
    {
        ImmutableInterlocked.Update(ref _failures, static (list, failure) => list.Add(failure), failure);
        if (Failed is { } told)
            told(failure);
        else
            Log(failure.ToString());
    }
}
