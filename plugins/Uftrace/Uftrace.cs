using System.Collections.Concurrent;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Writes each call and return as a folder that uftrace reads: report, graph, dump, replay, tui.</summary>
/// <remarks>Time is counted in instructions of the thread, one for each nanosecond that uftrace shows, so two runs of a program give the same times.</remarks>
[EmuPlugin("uftrace", "Writes calls and returns of each thread for uftrace")]
[Needs<IShadowStack>]
public sealed partial class Uftrace : Plugin, IStackWatcher, IOnVCpuInit, IOnFork, IOnExit
{
    private readonly ConcurrentDictionary<ulong, byte> _functions = [];
    private readonly ConcurrentDictionary<long, UftraceThread> _threads = [];
    private UftraceFolder _folder = null!;
    private PluginOutput _info = null!;
    private bool _isWriter = true;

    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p uftrace,outdir=uftrace.data PROGRAM";

    [Option("outdir", "The folder to write, for uftrace -d; %p is the number of the process, without which only the first process writes")]
    public string OutDir { get; init; } = "uftrace.data";

    private bool IsPerProcess => OutDir.Contains("%p", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        _isWriter = guest.IsFirstProcess || IsPerProcess;
        _folder = new UftraceFolder(Host, OutDir.Replace("%p", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        if (_isWriter)
            _info = _folder.Create();
        Host.Service<IShadowStack>().Watch(this);
    }

    public void OnVCpuInit(in VCpu vcpu)
    {
        if (_isWriter)
            ThreadOf(vcpu.Id);
    }

    public void OnEnter(VCpuId vcpu, in StackFrame frame, ulong instructions)
    {
        if (!_isWriter)
            return;
        _functions.TryAdd(frame.Function, 0);
        ThreadOf(vcpu).Enter(frame.Function, instructions);
    }

    public void OnLeave(VCpuId vcpu, in StackFrame frame, ulong instructions)
    {
        if (_isWriter)
            ThreadOf(vcpu).Leave(frame.Function, instructions);
    }

    // What the child executes is in no file but one of its own, which would begin in the middle of everything: it has none.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is { IsChild: true, SharesMemory: false })
            _isWriter = false;
    }

    public void OnExit(ReportWriter report)
    {
        if (!_isWriter)
            return;
        foreach (var thread in _threads.Values)
            thread.Flush();
        _folder.Finish(_info, [.. _threads.Keys], [.. _functions.Keys]);
    }

    private UftraceThread ThreadOf(VCpuId vcpu) => _threads.GetOrAdd(vcpu.ThreadId, static (id, folder) => new UftraceThread(folder.OpenThread(id)), _folder);
}
