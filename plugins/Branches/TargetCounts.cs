using System.Runtime.InteropServices;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Where one vCPU's indirect jumps went. Used by whoever is handed its records; when the vCPU has ended, by all.</summary>
internal sealed class TargetCounts
{
    private readonly Dictionary<(int Site, ulong Target), ulong> _hits = [];

    /// <summary>Counts records.</summary>
    public void Count(ReadOnlySpan<TargetRecord> records)
    {
        foreach (ref readonly var record in records)
            CollectionsMarshal.GetValueRefOrAddDefault(_hits, ((int)record.Site, record.Target), out _)++;
    }

    /// <summary>Adds what was counted to the targets of each site.</summary>
    public void AddTo(Dictionary<int, Dictionary<ulong, ulong>> sites)
    {
        foreach (var ((site, target), hits) in _hits)
        {
            if (!sites.TryGetValue(site, out var targets))
                sites.Add(site, targets = []);
            targets[target] = targets.GetValueOrDefault(target) + hits;
        }
    }
}

/// <summary>An indirect jump, as translated code notes it.</summary>
[TraceRecord]
internal partial struct TargetRecord
{
    /// <summary>Where the program goes.</summary>
    [Traced(TraceValue.Address)] public ulong Target;

    /// <summary>The number of the site.</summary>
    [Traced(TraceValue.UserData)] public nint Site;
}
