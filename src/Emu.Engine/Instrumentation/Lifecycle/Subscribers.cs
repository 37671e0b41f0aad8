using System.Numerics;
using Emu.Plugins;
using ZLinq;

namespace Emu.Engine.Instrumentation.Lifecycle;

/// <summary>
/// Who listens to what: immutable lists, one per event, in the order in which the plugins were given. Swapped as a whole, so that whoever walks a list goes
/// on undisturbed while another is made (R17), and needs no lock (R20).
/// </summary>
internal sealed class Subscribers
{
    private readonly PluginInstance[][] _lists;

    /// <summary>The lists for the plugins that have not failed, of the given events only.</summary>
    public Subscribers(IReadOnlyList<PluginInstance> plugins, PluginEvents events)
    {
        _lists = new PluginInstance[BitOperations.PopCount((uint)PluginEvents.All)][];
        for (var i = 0; i < _lists.Length; i++)
        {
            var single = events & (PluginEvents)(1 << i);
            _lists[i] = plugins.AsValueEnumerable().Where(plugin => !plugin.HasFailed && (plugin.Wanted & single) != 0).ToArray();
            Events |= _lists[i].Length > 0 ? single : PluginEvents.None;
        }
    }

    /// <summary>The events that somebody listens to.</summary>
    public PluginEvents Events { get; }

    /// <summary>Who listens to one event.</summary>
    public PluginInstance[] Of(PluginEvents single) => _lists[BitOperations.TrailingZeroCount((int)single)];

    /// <summary>The event classes that shape translated code and that somebody listens to: what the vCPUs' masks become (R12).</summary>
    public EventMask Mask => Of(PluginEvents.Translate).Length > 0 ? EventMask.Translation : EventMask.None;

    /// <summary>True if the same plugins, in the same order, are asked when code is translated.</summary>
    public bool TranslatesAs(Subscribers other) => Of(PluginEvents.Translate).AsSpan().SequenceEqual(other.Of(PluginEvents.Translate));
}
