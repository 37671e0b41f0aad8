using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts executed blocks and instructions, for each vCPU and in total.</summary>
[EmuPlugin("bb", "Counts executed blocks and instructions")]
public sealed partial class Bb : Plugin, IOnTranslate, IOnVCpuIdle, IOnExit
{
    private Scoreboard<Counts> _counts = null!;
    private ScoreboardEntry _blocks;
    private ScoreboardEntry _insns;

    [Option("inline", "Count with inline operations instead of a callback")]
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
        {
            block.AddOnExecute(_blocks, 1);
            block.AddOnExecute(_insns, (ulong)block.InstructionCount);
        }
        else
        {
            block.OnExecute<Callbacks.Executed>(block.InstructionCount);
        }
    }

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint instructions)
    {
        ref var counts = ref _counts[vcpu];
        counts.Blocks++;
        counts.Insns += (ulong)instructions;
    }

    public void OnVCpuIdle(in VCpu vcpu)
    {
        var counts = _counts[vcpu];
        Host.Log($"CPU{vcpu.Index}: bb's: {counts.Blocks}, insns: {counts.Insns}");
    }

    public void OnExit(ReportWriter report)
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
