using Emu.Plugins;

namespace StandardPlugins;

/// <summary>How often pages of memory were read and written. Several vCPUs hand their accesses in at once.</summary>
/// <param name="pageShift">Binary logarithm of a page's bytes.</param>
internal sealed class PageCounts(int pageShift)
{
    /// <summary>Pages are counted in runs of 8192 neighbours.</summary>
    private const int RunShift = 13;
    private const ulong RunMask = (1 << RunShift) - 1;
    private const int RecentRuns = 64;

    private readonly Dictionary<ulong, ulong[]> _runs = [];
    // Where the runs are found that were needed last: stack, heap and a few others.
    private readonly (ulong Number, ulong[] Counts)[] _recent = new (ulong, ulong[])[RecentRuns];
    private readonly Lock _gate = new();

    /// <summary>Takes a buffer of a trace.</summary>
    public void Add(VCpuId vcpu, ReadOnlySpan<PageAccess> accesses)
    {
        lock (_gate)
        {
            foreach (ref readonly var access in accesses)
            {
                var page = access.Address >> pageShift;
                ref readonly var recent = ref _recent[(int)(page >> RunShift) & (RecentRuns - 1)];
                var counts = recent.Number == page >> RunShift && recent.Counts is { } found ? found : Find(page >> RunShift);
                counts[(page & RunMask) << 1 | (access.IsStore ? 1UL : 0)]++;
            }
        }
    }

    /// <summary>All pages that were accessed.</summary>
    public List<(ulong Address, ulong Reads, ulong Writes)> All
    {
        get
        {
            lock (_gate)
            {
                var all = new List<(ulong, ulong, ulong)>();
                foreach (var (number, counts) in _runs)
                    for (var index = 0; index < counts.Length; index += 2)
                        if (counts[index] + counts[index + 1] > 0)
                            all.Add(((number << RunShift) + (ulong)index / 2 << pageShift, counts[index], counts[index + 1]));
                return all;
            }
        }
    }

    private ulong[] Find(ulong number)
    {
        if (!_runs.TryGetValue(number, out var counts))
            _runs.Add(number, counts = new ulong[2 << RunShift]);
        _recent[(int)number & (RecentRuns - 1)] = (number, counts);
        return counts;
    }
}
