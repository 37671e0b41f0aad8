using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Accesses and misses by core, and the instructions that miss most.</summary>
internal sealed class CacheReport(ReportWriter report, bool hasSecondLevel, int limit)
{
    public void Write(CacheCounts[] cores, ReadOnlySpan<CacheSite> sites)
    {
        report.Heading("core #, data accesses, data misses, dmiss rate, insn accesses, insn misses, imiss rate" + (hasSecondLevel ? ", l2 accesses, l2 misses, l2 miss rate" : ""));
        for (var core = 0; core < cores.Length; core++)
            WriteCore(core, cores[core]);
        var all = sites.ToArray();
        WriteSites("data-misses", "data misses", all, static site => site.DataMisses);
        WriteSites("fetch-misses", "fetch misses", all, static site => site.FetchMisses);
        if (hasSecondLevel)
            WriteSites("l2-misses", "L2 misses", all, static site => site.SecondLevelMisses);
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
