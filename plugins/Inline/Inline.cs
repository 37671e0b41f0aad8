using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts the same things by inline operations, callbacks and conditional callbacks, and fails if the counts of a vCPU differ.</summary>
[EmuPlugin("inline", "Proves that inline operations and callbacks count the same")]
public sealed partial class Inline : Plugin, IOnTranslate, IOnExit
{
    public static PluginTopic Topic => PluginTopic.Platform;

    public static string Example => "-p inline PROGRAM";

    /// <summary>At how many entered blocks the conditional callback comes.</summary>
    private const ulong Countdown = 100;

    private Scoreboard<Counts> _counts = null!;

    public override void Install(in GuestInfo guest) => _counts = Host.NewScoreboard<Counts>();

    public void OnTranslate(TranslationBlock block)
    {
        block.AddOnExecute(_counts.Entry(static (ref Counts counts) => ref counts.BlocksInline), 1);
        block.OnExecute<Callbacks.BlockEntered>();
        var pending = _counts.Entry(static (ref Counts counts) => ref counts.BlocksPending);
        block.AddOnExecute(pending, 1);
        block.OnExecuteIf<Callbacks.CountedDown>(Condition.Equal, pending, Countdown);
        foreach (var insn in block)
        {
            insn.AddOnExecute(_counts.Entry(static (ref Counts counts) => ref counts.InsnsInline), 1);
            insn.StoreOnExecute(_counts.Entry(static (ref Counts counts) => ref counts.LastStored), insn.Address);
            insn.OnExecute<Callbacks.Executed>((nint)insn.Address);
            insn.AddOnMemory(AccessKind.ReadWrite, _counts.Entry(static (ref Counts counts) => ref counts.AccessesInline), 1);
            insn.OnMemory<Callbacks.Accessed>(AccessKind.ReadWrite);
        }
    }

    [ExecCallback]
    private void BlockEntered(in VCpu vcpu, nint userData) => _counts[vcpu].Blocks++;

    [ExecCallback]
    private void CountedDown(in VCpu vcpu, nint userData)
    {
        ref var counts = ref _counts[vcpu];
        counts.BlocksIf += counts.BlocksPending;
        counts.BlocksPending = 0;
    }

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint address)
    {
        ref var counts = ref _counts[vcpu];
        counts.Insns++;
        if (counts.LastStored != (ulong)address)
            counts.WrongStores++;
    }

    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint userData) => _counts[vcpu].Accesses++;

    public void OnExit(ReportWriter report)
    {
        var agree = true;
        for (var cpu = 0; cpu < Host.VCpuCount; cpu++)
        {
            var counts = _counts[cpu];
            var blocksIf = counts.BlocksIf + counts.BlocksPending;
            agree &= counts.Blocks == counts.BlocksInline && counts.Blocks == blocksIf && counts.Insns == counts.InsnsInline && counts.Accesses == counts.AccessesInline && counts.WrongStores == 0;
            report.Row("cpus",
                $"cpu {cpu}: blocks {counts.BlocksInline} {counts.Blocks} {blocksIf}, insns {counts.InsnsInline} {counts.Insns}, accesses {counts.AccessesInline} {counts.Accesses}, wrong stores {counts.WrongStores}");
        }

        if (!agree)
            throw new InvalidOperationException("inline operations and callbacks have counted differently");
    }

    private struct Counts
    {
        public ulong BlocksInline;
        public ulong Blocks;
        public ulong BlocksIf;
        public ulong BlocksPending;
        public ulong InsnsInline;
        public ulong Insns;
        public ulong LastStored;
        public ulong WrongStores;
        public ulong AccessesInline;
        public ulong Accesses;
    }
}
