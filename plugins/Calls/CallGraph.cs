using System.Runtime.InteropServices;

namespace StandardPlugins;

/// <summary>How often functions were called, by whom, and what they executed. Functions are known by the guest address of their first instruction.</summary>
internal sealed class CallGraph
{
    private readonly Dictionary<ulong, FunctionCounts> _functions = [];
    private readonly Dictionary<CallArc, ArcCounts> _arcs = [];

    /// <summary>The functions.</summary>
    public IReadOnlyDictionary<ulong, FunctionCounts> Functions => _functions;

    /// <summary>Who called whom.</summary>
    public IReadOnlyDictionary<CallArc, ArcCounts> Arcs => _arcs;

    /// <summary>All instructions.</summary>
    public ulong Total
    {
        get
        {
            var total = 0UL;
            foreach (var counts in _functions.Values)
                total += counts.Own;
            return total;
        }
    }

    /// <summary>A function's counts; the reference is good until the next call.</summary>
    public ref FunctionCounts Of(ulong function) => ref CollectionsMarshal.GetValueRefOrAddDefault(_functions, function, out _);

    /// <summary>The counts of calls; the reference is good until the next call.</summary>
    public ref ArcCounts Of(in CallArc arc) => ref CollectionsMarshal.GetValueRefOrAddDefault(_arcs, arc, out _);

    /// <summary>Adds what another graph has.</summary>
    public void Add(CallGraph other)
    {
        foreach (var (function, counts) in other._functions)
            Of(function).Add(counts);
        foreach (var (arc, counts) in other._arcs)
            Of(arc).Add(counts);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _functions.Clear();
        _arcs.Clear();
    }
}

/// <summary>Calls of a function from one place.</summary>
/// <param name="Caller">The function that calls.</param>
/// <param name="Site">Guest address of the call.</param>
/// <param name="Callee">The function that is called.</param>
internal readonly record struct CallArc(ulong Caller, ulong Site, ulong Callee) : IComparable<CallArc>
{
    public int CompareTo(CallArc other) => (Caller, Site, Callee).CompareTo((other.Caller, other.Site, other.Callee));
}

/// <summary>What a function has done.</summary>
internal struct FunctionCounts
{
    /// <summary>How often it was called.</summary>
    public ulong Calls;

    /// <summary>Instructions that it executed itself.</summary>
    public ulong Own;

    /// <summary>Instructions that were executed while it was there; one that calls itself is counted once.</summary>
    public ulong Inclusive;

    public void Add(in FunctionCounts other)
    {
        Calls += other.Calls;
        Own += other.Own;
        Inclusive += other.Inclusive;
    }
}

/// <summary>What calls from one place have led to.</summary>
internal struct ArcCounts
{
    /// <summary>How often.</summary>
    public ulong Calls;

    /// <summary>Instructions from entry to return, of each call.</summary>
    public ulong Inclusive;

    public void Add(in ArcCounts other)
    {
        Calls += other.Calls;
        Inclusive += other.Inclusive;
    }
}
