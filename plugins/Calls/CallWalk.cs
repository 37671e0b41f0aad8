using System.Runtime.InteropServices;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Where a vCPU is in its calls, and what it has done so far. Used by whoever is told of its frames.</summary>
internal sealed class CallWalk(ulong executed)
{
    private readonly List<Activation> _active = [];
    private readonly Dictionary<ulong, int> _depths = [];
    private ulong _counted = executed;

    /// <summary>What was done by functions that were left, and the own instructions of all.</summary>
    public CallGraph Graph { get; private set; } = new();

    public void Enter(in StackFrame frame, ulong executed)
    {
        Count(executed);
        var caller = _active.Count > 0 ? _active[^1].Function : 0;
        _active.Add(new Activation(frame.Function, executed, new CallArc(caller, frame.CallSite, frame.Function)));
        CollectionsMarshal.GetValueRefOrAddDefault(_depths, frame.Function, out _)++;
        Graph.Of(frame.Function).Calls += frame.Kind == FrameKind.Start ? 0UL : 1;
    }

    public void Leave(ulong executed)
    {
        Count(executed);
        var left = _active[^1];
        _active.RemoveAt(_active.Count - 1);
        var spent = executed - left.Entered;
        if (--CollectionsMarshal.GetValueRefOrAddDefault(_depths, left.Function, out _) == 0)
            Graph.Of(left.Function).Inclusive += spent;
        if (left.Arc.Site != 0)
            Graph.Of(left.Arc).Add(new ArcCounts { Calls = 1, Inclusive = spent });
    }

    /// <summary>What was done until now, as if all functions were left. The walk itself stays where it is.</summary>
    public CallGraph Until(ulong executed)
    {
        Count(executed);
        var graph = new CallGraph();
        graph.Add(Graph);
        var seen = new HashSet<ulong>();
        foreach (var active in _active)
        {
            var spent = executed - active.Entered;
            if (seen.Add(active.Function))
                graph.Of(active.Function).Inclusive += spent;
            if (active.Arc.Site != 0)
                graph.Of(active.Arc).Add(new ArcCounts { Calls = 1, Inclusive = spent });
        }

        return graph;
    }

    /// <summary>Forgets what was done, not where the vCPU is.</summary>
    public void Restart(ulong executed)
    {
        (Graph, _counted) = (new(), executed);
        for (var i = 0; i < _active.Count; i++)
            _active[i] = _active[i] with { Entered = executed };
    }

    private void Count(ulong executed)
    {
        if (_active.Count > 0)
            Graph.Of(_active[^1].Function).Own += executed - _counted;
        _counted = executed;
    }

    private readonly record struct Activation(ulong Function, ulong Entered, CallArc Arc);
}
