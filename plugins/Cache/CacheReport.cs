using System.Globalization;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Accesses and misses by core, and the instructions that miss most.</summary>
internal sealed class CacheReport(ReportWriter report, bool hasSecondLevel, bool hasThirdLevel, int limit)
{
    /// <summary>QEMU's table.</summary>
    public void WriteCores(CacheCounts[] cores)
    {
        report.Heading("core #, data accesses, data misses, dmiss rate, insn accesses, insn misses, imiss rate" + (hasSecondLevel ? ", l2 accesses, l2 misses, l2 miss rate" : ""));
        for (var core = 0; core < cores.Length; core++)
            WriteCore(core, cores[core]);
    }

    /// <summary>What there is beside it: stores, prefetches, a third level, translations, memory.</summary>
    public void WriteLevels(Hierarchy hierarchy, CacheCounts[] sums)
    {
        report.Heading("\ncore #, level, accesses, misses, miss rate, writes, prefetches, used prefetches");
        for (var number = 0; number < sums.Length; number++)
        {
            var (core, sum, text) = (hierarchy.Cores[number], sums[number], number.ToString(CultureInfo.InvariantCulture));
            WriteLevel(text, "l1i", sum.Fetches, sum.FetchMisses, core.Instructions.Counts);
            WriteLevel(text, "l1d", sum.DataAccesses, sum.DataMisses, core.Data.Node.Counts);
            if (!hierarchy.SharesSecond)
                WriteLevel(text, "l2", core.Second?.Counts);
            if (core.Tlbs is not { } tlbs)
                continue;
            WriteLevel(text, "itlb", sum.Fetches, tlbs.Instructions.Counts.Misses, tlbs.Instructions.Counts);
            WriteLevel(text, "dtlb", sum.DataAccesses, tlbs.Data.Counts.Misses, tlbs.Data.Counts);
            WriteLevel(text, "stlb", tlbs.Second?.Counts);
        }

        if (hierarchy.SharesSecond)
            WriteLevel("all", "l2", hierarchy.Cores[0].Second?.Counts);
        WriteLevel("all", "l3", hierarchy.Third?.Counts);
        var (reads, writes) = (hierarchy.Memory.Reads, hierarchy.Memory.Writes);
        report.Line("memory", $"memory: {reads} lines read, {writes} writes");
    }

    /// <summary>The instructions that miss most, in each level.</summary>
    public void WriteSites(ReadOnlySpan<CacheSite> sites)
    {
        var all = sites.ToArray();
        WriteSites("data-misses", "data misses", all, static site => site.DataMisses);
        WriteSites("fetch-misses", "fetch misses", all, static site => site.FetchMisses);
        if (hasSecondLevel)
            WriteSites("l2-misses", "L2 misses", all, static site => site.SecondLevelMisses);
        if (hasThirdLevel)
            WriteSites("l3-misses", "L3 misses", all, static site => site.ThirdLevelMisses);
    }

    private void WriteLevel(string core, string level, NodeCounts? counts)
    {
        if (counts is not null)
            WriteLevel(core, level, counts.Accesses, counts.Misses, counts);
    }

    private void WriteLevel(string core, string level, ulong accesses, ulong misses, NodeCounts counts)
    {
        var (missRate, writes, prefetches, usedPrefetches) = (Rate(misses, accesses), counts.Writes, counts.Prefetches, counts.UsedPrefetches);
        report.Row("levels", $"{core,-8}{level,-5} {accesses,-14} {misses,-12} {missRate,9:F4}%  {writes,-12} {prefetches,-12} {usedPrefetches}");
    }

    private void WriteCore(int core, in CacheCounts counts)
    {
        var (dataAccesses, dataMisses, insnAccesses, insnMisses) = (counts.DataAccesses, counts.DataMisses, counts.Fetches, counts.FetchMisses);
        var (dmissRate, imissRate) = (Rate(dataMisses, dataAccesses), Rate(insnMisses, insnAccesses));
        if (!hasSecondLevel)
        {
            report.Row("cores", $"{core,-8}{dataAccesses,-14} {dataMisses,-12} {dmissRate,9:F4}%  {insnAccesses,-14} {insnMisses,-12} {imissRate,9:F4}%");
            return;
        }

        var (l2Accesses, l2Misses, l2MissRate) = (counts.SecondLevelAccesses, counts.SecondLevelMisses, Rate(counts.SecondLevelMisses, counts.SecondLevelAccesses));
        report.Row("cores", $"{core,-8}{dataAccesses,-14} {dataMisses,-12} {dmissRate,9:F4}%  {insnAccesses,-14} {insnMisses,-12} {imissRate,9:F4}%  {l2Accesses,-12} {l2Misses,-11} {l2MissRate,10:F4}%");
    }

    private void WriteSites(string table, string title, CacheSite[] sites, Func<CacheSite, long> missesOf)
    {
        report.Heading($"\naddress, {title}, instruction");
        var most = sites.AsValueEnumerable().Where(site => missesOf(site) > 0).OrderByDescending(missesOf).ThenBy(site => site.Address).Take(limit);
        foreach (var site in most)
        {
            var (address, misses, instruction) = (site.Address, missesOf(site), site.Disassembly);
            if (site.Symbol.Length > 0)
                report.Row(table, $"0x{address:x} ({site.Symbol}), {misses}, {instruction}");
            else
                report.Row(table, $"0x{address:x}, {misses}, {instruction}");
        }
    }

    private static double Rate(ulong misses, ulong accesses) => accesses == 0 ? 0 : 100.0 * misses / accesses;
}
