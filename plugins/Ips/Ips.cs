using System.Diagnostics;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Slows each vCPU down to a number of instructions per second.</summary>
/// <remarks>
/// After each quantum of instructions a vCPU that is ahead sleeps until it no longer is. What it has waited in system calls does not count as time that it may catch up on, so that it is never
/// faster than it should be for longer than a quantum. The guest's clocks are the host's: a program sees that it is slow.
/// </remarks>
[EmuPlugin("ips", "Slows each vCPU down to a number of instructions per second")]
public sealed partial class Ips : Plugin, IOnTranslate, IOnVCpuInit, IOnVCpuResume, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Steering;

    public static string Example => "-p ips,ips=1000000 PROGRAM";

    private const ulong QuantaPerSecond = 10;

    private ulong _perQuantum;
    private Scoreboard<Speed> _speeds = null!;
    private ScoreboardEntry _begun;

    [Option("ips", "Instructions per second of each vCPU", IsRequired = true)]
    public ulong PerSecond { get; init; }

    [Option("ipq", "Instructions after which a vCPU looks whether it is too fast; a tenth of ips without it")]
    public ulong PerQuantum { get; init; }

    public override void Install(in GuestInfo guest)
    {
        if (PerSecond == 0)
            throw new PluginInstallException("option 'ips' does not take '0'; allowed: 1 and more");
        _perQuantum = PerQuantum == 0 ? Math.Max(1, PerSecond / QuantaPerSecond) : PerQuantum;
        _speeds = Host.NewScoreboard<Speed>();
        _begun = _speeds.Entry(static (ref Speed speed) => ref speed.InQuantum);
    }

    public void OnVCpuInit(in VCpu vcpu) => _speeds[vcpu].Since = Stopwatch.GetTimestamp();

    public void OnVCpuResume(in VCpu vcpu)
    {
        ref var speed = ref _speeds[vcpu];
        speed.Insns += speed.InQuantum;
        (speed.InQuantum, speed.Since) = (0, Stopwatch.GetTimestamp());
    }

    public void OnTranslate(TranslationBlock block)
    {
        block.OnExecuteIf<Callbacks.Due>(Condition.GreaterOrEqual, _begun, _perQuantum);
        foreach (var insn in block)
            insn.AddOnExecute(_begun, 1);
    }

    [ExecCallback]
    private void Due(in VCpu vcpu, nint userData)
    {
        ref var speed = ref _speeds[vcpu];
        var due = TimeSpan.FromSeconds((double)speed.InQuantum / PerSecond);
        var ahead = due - Stopwatch.GetElapsedTime(speed.Since);
        if (ahead > TimeSpan.Zero)
        {
            speed.Slept += ahead.TotalSeconds;
            Thread.Sleep(ahead);
        }

        speed.Insns += speed.InQuantum;
        (speed.InQuantum, speed.Since) = (0, Stopwatch.GetTimestamp());
    }

    public void OnReport(ReportWriter report)
    {
        for (var cpu = 0; cpu < Host.VCpuCount; cpu++)
        {
            var (insns, slept) = (_speeds[cpu].Insns + _speeds[cpu].InQuantum, _speeds[cpu].Slept);
            report.Row("cpus", $"cpu {cpu}: {insns} insns, slept {slept:f3} s");
        }
    }

    private struct Speed
    {
        /// <summary>Instructions since <see cref="Since"/>.</summary>
        public ulong InQuantum;

        /// <summary>Instructions of the quanta before.</summary>
        public ulong Insns;

        /// <summary>Seconds that the vCPU slept.</summary>
        public double Slept;

        /// <summary>When the quantum began, in ticks of <see cref="Stopwatch"/>.</summary>
        public long Since;
    }
}
