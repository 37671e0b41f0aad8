using Emu.Plugins;

namespace Plugins;

/// <summary>Counts loads. Its name on the command line and what help says of it stand in the attribute; nothing is registered anywhere.</summary>
[EmuPlugin("plugin-name", "Counts executed loads, and how many of them brought zero")]
public sealed partial class PluginClass : Plugin, IOnTranslate, IOnReport
{
    // A scoreboard has an entry for each vCPU, so that counting needs no lock.
    private Scoreboard<ulong> _loads = null!;
    private Scoreboard<ulong> _zeros = null!;

    /// <summary>On the command line: <c>-p plugin-name,size=8</c>.</summary>
    [Option("size", "Count loads of so many bytes only, or 0 for all")]
    public int Size { get; init; }

    /// <summary>Called once, before the guest runs.</summary>
    public override void Install(in GuestInfo guest) => (_loads, _zeros) = (Host.NewScoreboard<ulong>(), Host.NewScoreboard<ulong>());

    /// <summary>Called for each block when it is translated, not when it runs: says here what is to be done then.</summary>
    public void OnTranslate(TranslationBlock block)
    {
        foreach (var instruction in block)
            instruction.OnMemory<Callbacks.Loaded>(AccessKind.Read);
    }

    // Called at each load. The generator makes Callbacks.Loaded of it; a body as simple as this becomes a part of the translated code.
    [MemoryCallback]
    private void Loaded(in VCpu vcpu, in MemoryAccess access, nint userData)
    {
        if (Size != 0 && Size != access.Size)
            return;
        _loads[vcpu]++;
        if (access.Value == 0)
            _zeros[vcpu]++;
    }

    /// <summary>Called at the end, and whenever somebody asks.</summary>
    public void OnReport(ReportWriter report)
    {
        var (loads, zeros) = (_loads.Entry().Sum(), _zeros.Entry().Sum());
        report.Line("total", $"loads: {loads}, of zero: {zeros}");
    }
}
