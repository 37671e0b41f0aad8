using System.Collections.Concurrent;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts memory accesses, prints each as a line of CSV, or sums them up by region.</summary>
[EmuPlugin("mem", "Counts or prints memory accesses")]
public sealed partial class Mem : Plugin, IOnTranslate, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Memory;

    public static string Example => "-p mem,track=w,print-accesses PROGRAM";

    private readonly Regions _regions = new();
    private readonly ConcurrentDictionary<ulong, string> _symbols = [];
    private Scoreboard<Counts> _counts = null!;
    private ScoreboardEntry _accesses;
    private ScoreboardEntry _io;

    [Option("haddr", "Count accesses to devices apart from those to memory; for full machines only")]
    public bool Haddr { get; init; }

    [Option("track", "Which accesses: loads, stores or both")]
    public TrackedAccesses Track { get; init; } = TrackedAccesses.Rw;

    [Option("inline", "Count with inline operations")]
    public bool Inline { get; init; }

    [Option("callback", "Count with callbacks: the default if nothing else is asked for")]
    public bool Callback { get; init; }

    [Option("print-accesses", "Print each access as a line of CSV")]
    public bool PrintAccesses { get; init; }

    [Option("region-summary", "Sum up by region, and tell where a value was read that nobody was seen to write")]
    public bool RegionSummary { get; init; }

    private AccessKind Kind => Track switch
    {
        TrackedAccesses.R => AccessKind.Read,
        TrackedAccesses.W => AccessKind.Write,
        _ => AccessKind.ReadWrite,
    };

    private bool Counting => Callback || !(Inline || PrintAccesses || RegionSummary);

    public override void Install(in GuestInfo guest)
    {
        if (Haddr && !guest.IsSystem)
            throw new PluginInstallException("option 'haddr' needs a full machine: the addresses of a single program have no physical side, and no device answers there");
        if (Inline && Callback)
            throw new PluginInstallException("options 'inline' and 'callback' exclude each other");
        _counts = Host.NewScoreboard<Counts>();
        _accesses = _counts.Entry(static (ref Counts counts) => ref counts.Accesses);
        _io = _counts.Entry(static (ref Counts counts) => ref counts.Io);
        if (PrintAccesses)
            Host.Log("insn_vaddr,insn_symbol,mem_vaddr,mem_hwaddr,access_size,access_type,mem_value");
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            if (Inline)
                insn.AddOnMemory(Kind, _accesses, 1);
            if (Counting && !Haddr)
                insn.OnMemory<Callbacks.Count>(Kind);
            if (Counting && Haddr)
                insn.OnMemory<Callbacks.CountPhysical>(Kind);
            if (RegionSummary)
                insn.OnMemory<Callbacks.SumUp>(Kind);
            if (PrintAccesses)
            {
                _symbols[insn.Address] = insn.Symbol ?? "";
                insn.OnMemory<Callbacks.Print>(Kind, (nint)insn.Address);
            }
        }
    }

    [MemoryCallback]
    private void Count(in VCpu vcpu, in MemoryAccess access, nint userData) => _counts[vcpu].Accesses++;

    [MemoryCallback]
    private void CountPhysical(in VCpu vcpu, in MemoryAccess access, nint userData)
    {
        if (access.TryGetPhysical(out var physical) && physical.IsIo)
            _counts[vcpu].Io++;
        else
            _counts[vcpu].Accesses++;
    }

    [MemoryCallback]
    private void SumUp(in VCpu vcpu, in MemoryAccess access, nint userData)
    {
        if (_regions.Note(access.Address, access.Size, access.Value, access.IsStore) is { } unseen)
            Host.Log($"Warning: 0x{unseen.Region:x16}:{unseen.Offset} read an un-instrumented value");
    }

    [MemoryCallback]
    private void Print(in VCpu vcpu, in MemoryAccess access, nint address)
    {
        access.TryGetPhysical(out var physical);
        var value = access.Value.ToString($"x{2 * access.Size}");
        Host.Log($"0x{address:x},{_symbols[(ulong)address]},0x{access.Address:x},0x{physical.Address:x},{8 * access.Size},{(access.IsStore ? "store" : "load")},0x{value}");
    }

    public void OnReport(ReportWriter report)
    {
        if (Inline || Counting)
        {
            var accesses = _accesses.Sum();
            report.Line("total", $"mem accesses: {accesses}");
        }

        if (Haddr)
        {
            var accesses = _io.Sum();
            report.Line("io", $"io accesses: {accesses}");
        }

        if (!RegionSummary)
            return;
        report.Heading("Region Base, Reads, Writes, Seen all");
        foreach (var region in _regions.ByAddress)
        {
            var seenAll = region.SeenAll ? "true" : "false";
            report.Row("regions", $"0x{region.Base:x16}, {region.Reads}, {region.Writes}, {seenAll}");
        }
    }

    private struct Counts
    {
        public ulong Accesses;
        public ulong Io;
    }
}
