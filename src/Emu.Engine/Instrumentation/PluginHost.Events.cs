using System.Runtime.InteropServices;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Lifecycle;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation;

// What happens to vCPUs. An event runs on its vCPU's thread and counts as inside translated code: an exclusive section waits for it, so when
// uninstalling is done no event of the plugin runs any more, and what it asks for is queued.
public abstract unsafe partial class PluginHost
{
    private const int FirstCapacity = 8;

    private readonly Dictionary<VCpuContext, VCpuAccess> _accesses = [];
    private volatile VCpuId[] _vcpus = [];
    private int _capacity = FirstCapacity;
    private int _vcpuCount;

    /// <summary>How many vCPU indices have been in use; never decreases (R23).</summary>
    public int VCpuCount => Volatile.Read(ref _vcpuCount);

    /// <summary>The vCPUs that have started and not ended, in that order: a snapshot.</summary>
    public IReadOnlyList<VCpuId> VCpus => _vcpus;

    /// <summary>On the vCPU's thread, before its first instruction: makes its scoreboard entries and its mask ready and tells the plugins.</summary>
    public void VCpuStarted(VCpuContext vcpu)
    {
        GrowTo(vcpu.Index + 1);
        bool isFirst;
        lock (_gate)
        {
            isFirst = _vcpuCount == 0;
            foreach (var plugin in _plugins)
                foreach (var board in plugin.Boards)
                    board.Retire(vcpu.Index);
            foreach (var plugin in _plugins)
                plugin.Window?.Begin(vcpu);
            var access = new VCpuAccess(vcpu, this);
            _accesses.Add(vcpu, access);
            vcpu.State->Access = GCHandle.ToIntPtr(GCHandle.Alloc(access));
            foreach (var stream in _streams)
                stream.Open(vcpu);
            _vcpus = [.. _vcpus, new VCpuId(vcpu.Index, vcpu.ThreadId)];
            _vcpuCount = Math.Max(_vcpuCount, vcpu.Index + 1);
        }

        vcpu.SetMask(Mask);
        Raise(PluginEvents.VCpuInit, vcpu);
        if (isFirst)
            TellOfStart(vcpu);
    }

    /// <summary>On the vCPU's thread, after its last instruction.</summary>
    public void VCpuEnded(VCpuContext vcpu)
    {
        EndTraces(vcpu);
        Raise(PluginEvents.VCpuExit, vcpu);
        lock (_gate)
        {
            _vcpus = Array.FindAll(_vcpus, other => other.ThreadId != vcpu.ThreadId);
            _accesses.Remove(vcpu);
            GCHandle.FromIntPtr(vcpu.State->Access).Free();
            vcpu.State->Access = 0;
        }

        // What its last callbacks asked for would otherwise wait for a vCPU that never comes back.
        _queue.Drain();
    }

    /// <summary>In a forked child: the other vCPUs are the parent's. They end untold; what they had counted stays in the child's sums, as in all its memory.</summary>
    internal void ForgetOthers(VCpuContext left)
    {
        lock (_gate)
        {
            var access = _accesses[left];
            _accesses.Clear();
            _accesses.Add(left, access);
            _vcpus = [new VCpuId(left.Index, left.ThreadId)];
        }
    }

    /// <summary>On the vCPU's thread, before it waits.</summary>
    public void VCpuIdle(VCpuContext vcpu)
    {
        AccessOf(vcpu).ToldIdle = Subscribers(PluginEvents.VCpuIdle);
        Raise(PluginEvents.VCpuIdle, vcpu);
    }

    /// <summary>On the vCPU's thread, after it has waited.</summary>
    public void VCpuResumed(VCpuContext vcpu)
    {
        Raise(vcpu, PluginEvents.VCpuResume, Resuming(vcpu));
        AccessOf(vcpu).ToldIdle = null;
    }

    /// <summary>Who is told that the vCPU goes on: not whoever would have been told that it waits, but subscribed since (R25). Nobody if it does not wait.</summary>
    private PluginInstance[] Resuming(VCpuContext vcpu) => AccessOf(vcpu).ToldIdle is not { } told
        ? []
        : Array.FindAll(Subscribers(PluginEvents.VCpuResume), plugin => (plugin.Wanted & PluginEvents.VCpuIdle) == 0 || Array.IndexOf(told, plugin) >= 0);

    private static VCpuAccess AccessOf(VCpuContext vcpu) => (VCpuAccess)GCHandle.FromIntPtr(vcpu.State->Access).Target!;

    private void Raise(PluginEvents single, VCpuContext vcpu) => Raise(vcpu, single, Subscribers(single));

    private void Raise(VCpuContext vcpu, PluginEvents single, PluginInstance[] subscribers)
    {
        if (subscribers.Length == 0)
            return;
        Machine.Exclusive.Enter(vcpu);
        try
        {
            Deliver(single, subscribers, vcpu);
        }
        finally
        {
            Machine.Exclusive.Leave(vcpu);
        }
    }

    private void Deliver(PluginEvents single, PluginInstance[] subscribers, VCpuContext vcpu)
    {
        var access = AccessOf(vcpu);
        access.IsInEvent = true;
        foreach (var subscriber in subscribers)
        {
            try
            {
                Deliver(single, subscriber.Plugin, in VCpu.At((nint)vcpu.State));
            }
            catch (Exception exception)
            {
                OnPluginFailed(subscriber.Plugin, exception);
            }
        }

        access.IsInEvent = false;
    }

    private static void Deliver(PluginEvents single, Plugin plugin, in VCpu vcpu)
    {
        switch (single)
        {
            case PluginEvents.VCpuInit: ((IOnVCpuInit)plugin).OnVCpuInit(vcpu); break;
            case PluginEvents.VCpuExit: ((IOnVCpuExit)plugin).OnVCpuExit(vcpu); break;
            case PluginEvents.VCpuIdle: ((IOnVCpuIdle)plugin).OnVCpuIdle(vcpu); break;
            case PluginEvents.VCpuResume: ((IOnVCpuResume)plugin).OnVCpuResume(vcpu); break;
            default: throw new ArgumentOutOfRangeException(nameof(single), single, "no event of a vCPU");
        }
    }

    /// <summary>Inside the exclusive section of every flush.</summary>
    private void OnFlushed()
    {
        lock (_gate)
        {
            foreach (var plugin in _plugins)
                plugin.FreeDisposedBoards();
        }

        foreach (var subscriber in Subscribers(PluginEvents.Flush))
        {
            try
            {
                ((IOnFlush)subscriber.Plugin).OnFlush();
            }
            catch (Exception exception)
            {
                OnPluginFailed(subscriber.Plugin, exception);
            }
        }
    }

    /// <summary>Makes room for that many vCPUs in every scoreboard: entries move, so all vCPUs stop and code that knows the old places goes (R50).</summary>
    private void GrowTo(int count)
    {
        if (count <= Volatile.Read(ref _capacity))
            return;
        Machine.Exclusive.Run(() =>
        {
            lock (_gate)
            {
                if (count <= _capacity)
                    return;
                Volatile.Write(ref _capacity, Math.Max(count, _capacity * 2));
                foreach (var plugin in _plugins)
                    foreach (var board in plugin.Boards)
                        board.Grow(_capacity);
            }

            Machine.FlushCode();
        });
    }

    /// <summary>Lets the window of a plugin that is being installed have what it needs.</summary>
    private void Open(PluginInstance plugin)
    {
        if (plugin.Window is not { } window)
            return;
        window.Attach(plugin);
        if (window.Counts)
            plugin.CountInstructions();
        lock (_gate)
            foreach (var vcpu in _accesses.Keys)
                window.Begin(vcpu);
    }

    /// <summary>Gives a new scoreboard its memory.</summary>
    internal void Register(PluginInstance plugin, Scoreboard board)
    {
        lock (_gate)
        {
            if (plugin.State == PluginState.Uninstalled)
                throw new InvalidOperationException($"plugin '{plugin.Name}' is uninstalled");
            board.Grow(_capacity);
            plugin.Add(board);
        }
    }
}
