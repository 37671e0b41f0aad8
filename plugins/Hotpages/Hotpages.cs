using System.Numerics;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Counts loads and stores by page, and tells which vCPUs made them.</summary>
/// <remarks>An access belongs to the page that it begins in.</remarks>
[EmuPlugin("hotpages", "Counts memory accesses by page")]
public sealed partial class Hotpages : Plugin, IOnTranslate, IOnVCpuInit, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Memory;

    public static string Example => "-p hotpages,sortby=writes PROGRAM";

    private readonly Lock _gate = new();
    private volatile PageCounts[] _pages = [];
    private int _shift;

    [Option("sortby", "How the pages are ordered: by all accesses, by loads, by stores, or by their addresses")]
    public PageOrder SortBy { get; init; } = PageOrder.All;

    [Option("io", "Count accesses to devices instead of those to memory; for full machines only")]
    public bool Io { get; init; }

    [Option("pagesize", "Bytes of a page, a power of two")]
    public ByteSize PageSize { get; init; } = new(4096);

    public override void Install(in GuestInfo guest)
    {
        if (Io && !guest.IsSystem)
            throw new PluginInstallException("option 'io' needs a full machine: no device answers at the addresses of a single program");
        if (!BitOperations.IsPow2(PageSize.Bytes) || PageSize.Bytes < 8)
            throw new PluginInstallException($"option 'pagesize' does not take '{PageSize}'; allowed: a power of two, at least 8");
        _shift = BitOperations.Log2(PageSize.Bytes);
    }

    // A vCPU that gets the number of one that has ended goes on with its pages.
    public void OnVCpuInit(in VCpu vcpu)
    {
        lock (_gate)
            while (_pages.Length <= vcpu.Index)
                _pages = [.. _pages, new PageCounts()];
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            insn.OnMemory<Callbacks.Accessed>(AccessKind.ReadWrite);
    }

    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint userData) => _pages[vcpu.Index].Count(access.Address >> _shift, access.IsStore);

    public void OnReport(ReportWriter report)
    {
        report.Heading("Addr, RCPUs, Reads, WCPUs, Writes");
        var rows = PageCounts.Sum(_pages);
        rows.Sort(SortBy switch
        {
            PageOrder.All => static (a, b) => Compare(b.Reads + b.Writes, a.Reads + a.Writes, a, b),
            PageOrder.Reads => static (a, b) => Compare(b.Reads, a.Reads, a, b),
            PageOrder.Writes => static (a, b) => Compare(b.Writes, a.Writes, a, b),
            _ => static (a, b) => a.Number.CompareTo(b.Number),
        });
        foreach (var row in rows)
        {
            var (addr, rcpus, wcpus) = (row.Number << _shift, row.Readers, row.Writers);
            report.Row("pages", $"0x{addr:x16}, 0x{rcpus:x4}, {row.Reads}, 0x{wcpus:x4}, {row.Writes}");
        }
    }

    private static int Compare(ulong first, ulong second, PageSum a, PageSum b) => first != second ? first.CompareTo(second) : a.Number.CompareTo(b.Number);
}
