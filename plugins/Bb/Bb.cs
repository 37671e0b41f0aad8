using Emu.Plugins;

/// <summary>Counts executed blocks and instructions, per vCPU and in total.</summary>
[EmuPlugin("bb", "Counts executed blocks and instructions")]
public sealed partial class Bb : Plugin, IOnTranslate, IOnVCpuIdle, IOnExit
{
    private Scoreboard<Counts> _counts = null!;

    [Option("inline", "Count with inline operations instead of a callback")]
    public bool Inline { get; init; }

    [Option("idle", "Also print the counts of a vCPU when it begins to wait")]
    public bool Idle { get; init; }

    public override void Install(in GuestInfo guest)
    {
        _counts = Host.NewScoreboard<Counts>();
        if (!Idle)
            Host.Unsubscribe(PluginEvents.VCpuIdle);
    }

    public void OnTranslate(TranslationBlock block)
    {
        if (Inline)
        {
            block.AddOnExecute(_counts.Entry(static (ref Counts counts) => ref counts.Blocks), 1);
            block.AddOnExecute(_counts.Entry(static (ref Counts counts) => ref counts.Insns), (ulong)block.InstructionCount);
        }
        else
        {
            block.OnExecute<Callbacks.Executed>(block.InstructionCount);
        }
    }

    [ExecCallback]
    private void Executed(VCpu vcpu, nint instructions)
    {
        ref var counts = ref _counts[vcpu];
        counts.Blocks++;
        counts.Insns += (ulong)instructions;
    }

    public void OnVCpuIdle(VCpu vcpu) => Host.Log(Line(vcpu.Index));

    public void OnExit(ReportWriter report)
    {
        for (var cpu = 0; cpu < Host.VCpuCount; cpu++)
        {
            var (blocks, insns) = (_counts[cpu].Blocks, _counts[cpu].Insns);
            report.Row("cpus", $"CPU{cpu}: bb's: {blocks}, insns: {insns}");
        }

        var total = new { Blocks = _counts.Entry(static (ref Counts counts) => ref counts.Blocks).Sum(), Insns = _counts.Entry(static (ref Counts counts) => ref counts.Insns).Sum() };
        report.Line("total", $"Total: bb's: {total.Blocks}, insns: {total.Insns}");
    }

    private string Line(int cpu) => $"CPU{cpu}: bb's: {_counts[cpu].Blocks}, insns: {_counts[cpu].Insns}";

    private struct Counts
    {
        public ulong Blocks;
        public ulong Insns;
    }
}
