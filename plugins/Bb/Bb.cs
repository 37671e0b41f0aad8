using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts executed blocks and instructions, for each vCPU and in total.</summary>
[EmuPlugin("bb", "Counts executed blocks and instructions")]
public sealed partial class Bb : Plugin, IOnTranslate, IOnVCpuIdle, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p bb,inline PROGRAM";

    private Scoreboard<Counts> _counts = null!;
    private ScoreboardEntry _blocks;
    private ScoreboardEntry _insns;

    [Option("inline", "Count blocks with an inline operation instead of a callback")]
    public bool Inline { get; init; }

    [Option("idle", "Print the counts of a vCPU also whenever it begins to wait")]
    public bool Idle { get; init; }

    public override void Install(in GuestInfo guest)
    {
        _counts = Host.NewScoreboard<Counts>();
        _blocks = _counts.Entry(static (ref Counts counts) => ref counts.Blocks);
        _insns = _counts.Entry(static (ref Counts counts) => ref counts.Insns);
        if (!Idle)
            Host.Unsubscribe(PluginEvents.VCpuIdle);
    }

    public void OnTranslate(TranslationBlock block)
    {
        if (Inline)
            block.AddOnExecute(_blocks, 1);
        else
            block.OnExecute<Callbacks.Executed>();
        // Not the block's length at its entry: a fault may leave it before its end.
        foreach (var insn in block)
            insn.AddOnExecute(_insns, 1);
    }

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint userData) => _counts[vcpu].Blocks++;

    public void OnVCpuIdle(in VCpu vcpu)
    {
        var counts = _counts[vcpu];
        Host.Log($"CPU{vcpu.Index}: bb's: {counts.Blocks}, insns: {counts.Insns}");
    }

    public void OnReport(ReportWriter report)
    {
        for (var cpu = 0; cpu < Host.VCpuCount; cpu++)
            report.Row("cpus", $"CPU{cpu}: bb's: {_counts[cpu].Blocks}, insns: {_counts[cpu].Insns}");
        var (blocks, insns) = (_blocks.Sum(), _insns.Sum());
        report.Line("total", $"Total: bb's: {blocks}, insns: {insns}");
    }

    private struct Counts
    {
        public ulong Blocks;
        public ulong Insns;
    }
}
