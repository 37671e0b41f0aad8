using System.Text;
using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Writes basic block vectors for SimPoint: for each interval of instructions, how many of them belong to each block.</summary>
/// <remarks>
/// Each vCPU has a file of its own, <c>OUTFILE.N.bb</c>, with a line for each of its intervals: <c>T:id:instructions :id:instructions …</c>. An interval ends with the block that
/// reaches its length; the last one, which does not, is written, too. Numbers of blocks begin with 1 and are the same in all files.
/// </remarks>
[EmuPlugin("bbv", "Writes basic block vectors for SimPoint")]
public sealed partial class Bbv : Plugin, IOnTranslate, IOnVCpuInit, IOnVCpuExit
{
    public static PluginTopic Topic => PluginTopic.Simulation;

    public static string Example => "-p bbv,interval=1000000,outfile=vectors PROGRAM";

    private readonly Dictionary<(ulong Address, int Instructions), int> _blocks = [];
    private readonly Lock _gate = new();
    private volatile PluginOutput[] _outputs = [];
    private Scoreboard<ulong> _executed = null!;
    private CounterList _counters = null!;

    [Option("interval", "Instructions of an interval")]
    public ulong Interval { get; init; } = 100_000_000;

    [Option("outfile", "The files' names, before .N.bb; %p is the number of the process", IsRequired = true)]
    public string OutFile { get; init; } = "";

    public override void Install(in GuestInfo guest)
    {
        if (Interval == 0)
            throw new PluginInstallException("option 'interval' does not take '0'; allowed: at least 1");
        _executed = Host.NewScoreboard<ulong>();
        _counters = Host.NewCounters();
        // That of the first vCPU at once: where it cannot be written the guest is not to start.
        _outputs = [Open(0)];
    }

    public void OnVCpuInit(in VCpu vcpu)
    {
        lock (_gate)
            for (var next = _outputs.Length; next <= vcpu.Index; next++)
                _outputs = [.. _outputs, Open(next)];
    }

    public void OnTranslate(TranslationBlock block)
    {
        var instructions = (ulong)block.InstructionCount;
        block.AddOnExecute(_executed.Entry(), instructions);
        block.AddOnExecute(_counters.Entry(NumberOf(block)), instructions);
        block.OnExecuteIf<Callbacks.Ended>(Condition.GreaterOrEqual, _executed.Entry(), Interval);
    }

    [ExecCallback]
    private void Ended(in VCpu vcpu, nint userData) => Write(vcpu);

    public void OnVCpuExit(in VCpu vcpu)
    {
        if (_executed[vcpu] > 0)
            Write(vcpu);
    }

    private PluginOutput Open(int vcpu) => Host.OpenOutput($"{OutFile}.{vcpu}.bb");

    private void Write(in VCpu vcpu)
    {
        var line = new StringBuilder("T");
        for (var number = 0; number < _counters.Count; number++)
        {
            var counter = _counters.Entry(number);
            var instructions = counter.Get(vcpu.Index);
            if (instructions == 0)
                continue;
            line.Append($":{number + 1}:{instructions} ");
            counter.Set(vcpu.Index, 0);
        }

        _outputs[vcpu.Index].Write(vcpu, Encoding.ASCII.GetBytes(line.Append('\n').ToString()));
        _executed[vcpu] = 0;
    }

    // A block that is translated again, or by several vCPUs at once, keeps its number.
    private int NumberOf(TranslationBlock block)
    {
        lock (_gate)
        {
            var key = (block.Address, block.InstructionCount);
            if (!_blocks.TryGetValue(key, out var number))
                _blocks.Add(key, number = _counters.Add());
            return number;
        }
    }
}
