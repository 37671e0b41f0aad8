using System.Runtime.InteropServices;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Traces;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation;

// Traces: translated code fills buffers by itself; here they begin, are handed over before they are full, and end.
public abstract unsafe partial class PluginHost
{
    private const int LineBytes = 64;

    private volatile TraceStream[] _streams = [];

    /// <summary>The word that stamps are taken from, on a cache line of its own.</summary>
    private nint _stampWord;

    /// <summary>Gives a new trace its place and a buffer for each vCPU that runs.</summary>
    /// <exception cref="InvalidOperationException">There are too many, or the plugin is uninstalled.</exception>
    internal void Register(PluginInstance plugin, TraceBuffer buffer)
    {
        lock (_gate)
        {
            if (plugin.State == PluginState.Uninstalled)
                throw new InvalidOperationException($"plugin '{plugin.Name}' is uninstalled");
            if (_stampWord == 0)
                NativeMemory.Clear((void*)(_stampWord = (nint)NativeMemory.AlignedAlloc(LineBytes, LineBytes)), LineBytes);
            var stream = new TraceStream(this, plugin, buffer, FreePlace(), _stampWord);
            foreach (var vcpu in _accesses.Keys)
                stream.Open(vcpu);
            _streams = [.. _streams, stream];
        }
    }

    /// <summary>Hands over what all traces of all vCPUs hold: also what a plugin learns by those of another, whose services it uses. No vCPU is in translated code.</summary>
    private void HandOverTraces()
    {
        foreach (var stream in _streams)
            HandOver(stream);
    }

    private void HandOver(TraceStream stream)
    {
        foreach (var vcpu in Watched)
            stream.HandOver(vcpu.State);
    }

    /// <summary>On the vCPU's thread, before its exit event.</summary>
    private void EndTraces(VCpuContext vcpu)
    {
        if (_streams.Length == 0)
            return;
        Machine.Exclusive.Enter(vcpu);
        foreach (var stream in _streams)
            stream.HandOver(vcpu.State);
        Machine.Exclusive.Leave(vcpu);
    }

    /// <summary>Ends a plugin's traces; no translated code refers to them any more.</summary>
    private void Close(PluginInstance plugin)
    {
        lock (_gate)
        {
            foreach (var stream in _streams)
                if (stream.Owner == plugin)
                    stream.Close(Watched);
            _streams = Array.FindAll(_streams, stream => stream.Owner != plugin);
        }
    }

    /// <summary>The vCPUs that have started and not ended: those with buffers.</summary>
    private VCpuContext[] Watched
    {
        get
        {
            lock (_gate)
                return [.. _accesses.Keys];
        }
    }

    private int FreePlace()
    {
        for (var place = 0; place < VCpuContext.MaxTraces; place++)
            if (!Array.Exists(_streams, stream => stream.Place == place))
                return place;
        throw new InvalidOperationException($"there are too many traces: all plugins together have at most {VCpuContext.MaxTraces}");
    }
}
