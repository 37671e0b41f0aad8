namespace StandardPlugins;

/// <summary>The sites, by numbers that records carry. Added by threads that translate, read by all.</summary>
internal sealed class SiteTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StackSite, int> _numbers = [];
    private volatile StackSite[] _sites = new StackSite[256];

    /// <summary>All sites, by number: at least those of records that exist.</summary>
    public StackSite[] Sites => _sites;

    /// <summary>The number of a site. The same instruction has it again when it is translated anew.</summary>
    public int Add(in StackSite site)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(site, out var number))
                return number;
            number = _numbers.Count;
            var sites = _sites;
            if (number == sites.Length)
                Array.Resize(ref sites, 2 * number);
            sites[number] = site;
            _sites = sites;
            _numbers.Add(site, number);
            return number;
        }
    }
}
