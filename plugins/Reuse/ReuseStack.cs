using System.Runtime.InteropServices;

namespace StandardPlugins;

/// <summary>
/// Finds reuse distances: how many different lines were used since a line was used last (Mattson's stack distance). The last uses of all lines stand in an array in the order of time, and a
/// tree of sums over it counts those behind one; when the array is full it is closed up. For one thread at a time.
/// </summary>
internal sealed class ReuseStack
{
    private const int FirstRoom = 1 << 12;

    private readonly Dictionary<ulong, int> _timeOf = [];
    private ulong[] _lineAt = new ulong[FirstRoom];
    private int[] _sums = new int[FirstRoom + 1];
    private int _now;

    /// <summary>How many different lines were used.</summary>
    public int Lines => _timeOf.Count;

    /// <summary>The distance of a use, or -1 for the first one of a line.</summary>
    public int Use(ulong line)
    {
        if (_now == _lineAt.Length)
            CloseUp();
        ref var time = ref CollectionsMarshal.GetValueRefOrAddDefault(_timeOf, line, out var isKnown);
        var distance = -1;
        if (isKnown)
        {
            distance = _timeOf.Count - SumTo(time + 1);
            Add(time, -1);
        }

        time = _now;
        _lineAt[_now] = line;
        Add(_now++, 1);
        return distance;
    }

    // The tree is Fenwick's: node n (from 1) is the sum of the lowest-set-bit(n) places up to it.
    private void Add(int place, int change)
    {
        for (var node = place + 1; node < _sums.Length; node += node & -node)
            _sums[node] += change;
    }

    private int SumTo(int count)
    {
        var sum = 0;
        for (var node = count; node > 0; node &= node - 1)
            sum += _sums[node];
        return sum;
    }

    /// <summary>Leaves out what was used again since; makes more room if little is gained by that.</summary>
    private void CloseUp()
    {
        var next = 0;
        var room = _timeOf.Count * 2 > _lineAt.Length ? _lineAt.Length * 2 : _lineAt.Length;
        var lines = new ulong[room];
        for (var time = 0; time < _now; time++)
            if (_timeOf[_lineAt[time]] == time)
            {
                lines[next] = _lineAt[time];
                _timeOf[lines[next]] = next++;
            }

        (_lineAt, _sums, _now) = (lines, new int[room + 1], next);
        for (var node = 1; node < _sums.Length; node++)
        {
            _sums[node] += node <= next ? 1 : 0;
            if (node + (node & -node) is var parent && parent < _sums.Length)
                _sums[parent] += _sums[node];
        }
    }
}
