using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Counts the accesses of a full machine to its devices, by device, or by the addresses or the instructions too.</summary>
[EmuPlugin("hwprofile", "Counts accesses to the devices of a full machine")]
public sealed partial class Hwprofile : Plugin, IOnTranslate, IOnReport
{
    public static PluginTopic Topic => PluginTopic.System;

    public static string Example => "-p hwprofile PROGRAM";

    private readonly Dictionary<(string Device, ulong Address), DeviceCounts> _counts = [];
    private readonly Lock _gate = new();

    [Option("track", "Which accesses: read, write or both")]
    public TrackedAccess Track { get; init; } = TrackedAccess.Both;

    [Option("source", "Tell apart the instructions that access a device")]
    public bool Source { get; init; }

    [Option("pattern", "Tell apart the addresses of a device that are accessed")]
    public bool Pattern { get; init; }

    [Option("match", "Only devices whose names hold this")]
    public string Match { get; init; } = "";

    public override void Install(in GuestInfo guest)
    {
        if (!guest.IsSystem)
            throw new PluginInstallException("a program has no devices: hwprofile is for full machines");
        if (Source && Pattern)
            throw new PluginInstallException("options 'source' and 'pattern' exclude each other: choose one");
    }

    public void OnTranslate(TranslationBlock block)
    {
        var kind = Track switch { TrackedAccess.Read => AccessKind.Read, TrackedAccess.Write => AccessKind.Write, _ => AccessKind.ReadWrite };
        foreach (var insn in block)
            insn.OnMemory<Callbacks.Accessed>(kind, (nint)insn.Address);
    }

    // Devices are slow, so a lock for each of their accesses is not felt.
    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint pc)
    {
        if (!access.TryGetPhysical(out var physical) || !physical.IsIo || physical.DeviceName is not { } device || !device.Contains(Match, StringComparison.Ordinal))
            return;
        lock (_gate)
        {
            var key = (device, Source ? (ulong)pc : Pattern ? physical.Address : 0);
            if (!_counts.TryGetValue(key, out var counts))
                _counts.Add(key, counts = new DeviceCounts());
            counts.Add(vcpu.Index, access.IsStore);
        }
    }

    public void OnReport(ReportWriter report)
    {
        report.Heading($"Device{(Source ? ", PC" : Pattern ? ", Address" : "")}, RCPUs, Reads, WCPUs, Writes");
        foreach (var ((device, address), counts) in _counts.AsValueEnumerable().OrderByDescending(static pair => pair.Value.Reads + pair.Value.Writes).ThenBy(static pair => pair.Key).ToArray())
        {
            var (rcpus, reads, wcpus, writes) = (counts.ReadingCpus, counts.Reads, counts.WritingCpus, counts.Writes);
            if (Source || Pattern)
                report.Row("devices", $"{device}, 0x{address:x16}, 0x{rcpus:x4}, {reads}, 0x{wcpus:x4}, {writes}");
            else
                report.Row("devices", $"{device}, 0x{rcpus:x4}, {reads}, 0x{wcpus:x4}, {writes}");
        }
    }
}
