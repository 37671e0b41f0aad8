using System.Runtime.InteropServices;
using ZLinq;

namespace StandardPlugins;

/// <summary>How often a register had which value. For one thread at a time.</summary>
internal sealed class ValueCounts
{
    private const int MostValues = 1 << 16;

    private readonly Dictionary<ulong, ulong> _hits = [];

    /// <summary>How often a value was counted.</summary>
    public ulong Total { get; private set; }

    /// <summary>The lowest value, as a number without sign.</summary>
    public ulong Lowest { get; private set; } = ulong.MaxValue;

    /// <summary>The highest value.</summary>
    public ulong Highest { get; private set; }

    /// <summary>How many different values are told apart.</summary>
    public int Different => _hits.Count;

    /// <summary>True if there were more values than are told apart: those that came late are counted in the total only.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Counts a value.</summary>
    public void Count(ulong value)
    {
        (Total, Lowest, Highest) = (Total + 1, Math.Min(Lowest, value), Math.Max(Highest, value));
        ref var hits = ref _hits.Count < MostValues
            ? ref CollectionsMarshal.GetValueRefOrAddDefault(_hits, value, out _)
            : ref CollectionsMarshal.GetValueRefOrNullRef(_hits, value);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref hits))
            IsFull = true;
        else
            hits++;
    }

    /// <summary>The most frequent values, each with how often it came.</summary>
    public (ulong Value, ulong Hits)[] MostFrequent(int count) => _hits.AsValueEnumerable()
        .OrderByDescending(static pair => pair.Value)
        .ThenBy(static pair => pair.Key)
        .Take(count)
        .Select(static pair => (pair.Key, pair.Value))
        .ToArray();
}
