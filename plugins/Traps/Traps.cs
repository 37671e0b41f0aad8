using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts where the guest went on without an instruction that says so.</summary>
[EmuPlugin("traps", "Counts signals from outside and those of the guest's own instructions")]
public sealed partial class Traps : Plugin, IOnDiscontinuity, IOnReport
{
    public static PluginTopic Topic => PluginTopic.System;

    public static string Example => "-p traps PROGRAM";

    private Scoreboard<Counts> _counts = null!;

    public override void Install(in GuestInfo guest) => _counts = Host.NewScoreboard<Counts>();

    public void OnDiscontinuity(in VCpu vcpu, in Discontinuity discontinuity)
    {
        ref var counts = ref _counts[vcpu];
        if (discontinuity.Kind == DiscontinuityKind.Interrupt)
            counts.Interrupts++;
        else if (discontinuity.Kind == DiscontinuityKind.Exception)
            counts.Exceptions++;
    }

    public void OnReport(ReportWriter report)
    {
        report.Heading("VCPU, interrupts, exceptions, hostcalls");
        for (var vcpu = 0; vcpu < Host.VCpuCount; vcpu++)
        {
            var (interrupts, exceptions, hostcalls) = (_counts[vcpu].Interrupts, _counts[vcpu].Exceptions, 0);
            report.Row("vcpus", $"{vcpu,4}, {interrupts,10}, {exceptions,10}, {hostcalls,10}");
        }
    }

    private struct Counts
    {
        public ulong Interrupts;
        public ulong Exceptions;
    }
}
