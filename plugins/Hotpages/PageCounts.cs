using System.Runtime.InteropServices;

namespace StandardPlugins;

/// <summary>The pages of one vCPU. Used by its thread alone while it runs.</summary>
internal sealed class PageCounts
{
    private readonly Dictionary<ulong, Page> _pages = [];
    private ulong _lastNumber = ulong.MaxValue;
    private Page _last = new();

    /// <summary>Counts an access. Mostly it is in the same page as the one before it.</summary>
    public void Count(ulong number, bool isStore)
    {
        if (number != _lastNumber)
            Find(number);
        if (isStore)
            _last.Writes++;
        else
            _last.Reads++;
    }

    /// <summary>The pages of all vCPUs, each once; the place in the list is the vCPU's number.</summary>
    public static List<PageSum> Sum(IReadOnlyList<PageCounts> vcpus)
    {
        var sums = new Dictionary<ulong, PageSum>();
        for (var vcpu = 0; vcpu < vcpus.Count; vcpu++)
            foreach (var (number, page) in vcpus[vcpu]._pages)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, number, out _);
                sum ??= new PageSum(number);
                var bit = 1UL << Math.Min(vcpu, 63);
                sum.Reads += page.Reads;
                sum.Writes += page.Writes;
                sum.Readers |= page.Reads > 0 ? bit : 0;
                sum.Writers |= page.Writes > 0 ? bit : 0;
            }

        return [.. sums.Values];
    }

    private void Find(ulong number)
    {
        ref var page = ref CollectionsMarshal.GetValueRefOrAddDefault(_pages, number, out _);
        _last = page ??= new Page();
        _lastNumber = number;
    }

    private sealed class Page
    {
        public ulong Reads;
        public ulong Writes;
    }
}
