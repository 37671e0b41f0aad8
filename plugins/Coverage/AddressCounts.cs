using ZLinq;

namespace StandardPlugins;

/// <summary>How often the instruction at each address was executed: the sum over all pieces of code that hold it.</summary>
internal sealed class AddressCounts
{
    private readonly Dictionary<ulong, ulong> _changes = [];
    private (ulong Address, ulong Count)[]? _steps;

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>Before anything is asked.</summary>
    public void Add(ulong start, ulong end, ulong count)
    {
        _changes[start] = _changes.GetValueOrDefault(start) + count;
        _changes[end] = _changes.GetValueOrDefault(end) - count; // modulo 2^64, as the sums are
    }

    /// <summary>The count of the instruction at an address.</summary>
    public ulong At(ulong address) => MostIn(address, address + 1);

    /// <summary>The largest count of an instruction from one address to before another.</summary>
    public ulong MostIn(ulong start, ulong end)
    {
        var steps = _steps ??= Steps();
        var index = LastAtOrBelow(steps, start);
        var most = index < 0 ? 0 : steps[index].Count;
        while (++index < steps.Length && steps[index].Address < end)
            most = Math.Max(most, steps[index].Count);
        return most;
    }

    /// <summary>From each address on, until the next, the count is the same.</summary>
    private (ulong Address, ulong Count)[] Steps()
    {
        var steps = _changes.AsValueEnumerable().Select(static change => (Address: change.Key, Count: change.Value)).OrderBy(static step => step.Address).ToArray();
        var count = 0UL;
        foreach (ref var step in steps.AsSpan())
            step.Count = count += step.Count;
        return steps;
    }

    private static int LastAtOrBelow((ulong Address, ulong Count)[] steps, ulong address)
    {
        var (low, high) = (0, steps.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (steps[middle].Address <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
