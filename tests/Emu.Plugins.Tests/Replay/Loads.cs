namespace Emu.Plugins.Tests.Replay;

/// <summary>An example: counts what loads bring, by their size, and how much of it was zero.</summary>
[EmuPlugin("loads", "Counts loads by size")]
public sealed partial class Loads : Plugin, IOnTranslate, IOnReport
{
    private Scoreboard<ulong> _loads = null!;
    private Scoreboard<ulong> _zeros = null!;

    [Option("size", "Count loads of so many bytes only")]
    public int Size { get; init; }

    public override void Install(in GuestInfo guest) => (_loads, _zeros) = (Host.NewScoreboard<ulong>(), Host.NewScoreboard<ulong>());

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            insn.OnMemory<Callbacks.Loaded>(AccessKind.Read);
    }

    [MemoryCallback]
    private void Loaded(in VCpu vcpu, in MemoryAccess access, nint userData)
    {
        if (Size != 0 && Size != access.Size)
            return;
        _loads[vcpu]++;
        if (access.Value == 0)
            _zeros[vcpu]++;
    }

    public void OnReport(ReportWriter report)
    {
        var (loads, zeros) = (_loads.Entry().Sum(), _zeros.Entry().Sum());
        report.Line("total", $"loads: {loads}, of zero: {zeros}");
    }
}
