using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts instructions by call stack, exactly: as folded stacks for flame graph tools, or drawn.</summary>
/// <remarks>
/// What was executed between two calls or returns is given to the function that was on top. A tail call puts the function that is jumped to in the place of the one that jumps; a
/// signal's handler stands on what it interrupted.
/// </remarks>
[EmuPlugin("flame", "Counts instructions by call stack, for flame graphs")]
[Needs<IShadowStack>]
public sealed partial class Flame : Plugin, IStackWatcher, IOnFork, IOnExit
{
    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p flame,format=svg,outfile=flame.svg PROGRAM";

    private readonly Lock _gate = new();
    private FunctionNames _functions = null!;
    private CallNode _all = null!;
    private volatile CallPath[] _paths = [];
    private IShadowStack _stacks = null!;
    private PluginOutput _output = null!;
    private bool _isWriter;

    [Option("outfile", "The file to write; %p is the number of the process, without which only the first process writes; - is the log")]
    public string OutFile { get; init; } = "-";

    [Option("format", "Folded stacks, a line for each, or a picture that a browser shows")]
    public FlameFormat Format { get; init; } = FlameFormat.Folded;

    private bool IsPerProcess => OutFile.Contains("%p", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        _isWriter = guest.IsFirstProcess || IsPerProcess;
        _functions = new FunctionNames(Host);
        _all = new CallNode(null, 0, Path.GetFileName(guest.ProgramPath));
        _output = Host.OpenOutput(OutFile);
        _stacks = Host.Service<IShadowStack>();
        _stacks.Watch(this);
    }

    public void OnEnter(VCpuId vcpu, in StackFrame frame, ulong instructions)
    {
        if (frame.Kind == FrameKind.Start)
            NewPath(vcpu).Start(_all.Function, instructions);
        else
            _paths[vcpu.Index].Enter(frame, instructions);
    }

    public void OnLeave(VCpuId vcpu, in StackFrame frame, ulong instructions)
    {
        var path = _paths[vcpu.Index];
        if (frame.Kind != FrameKind.Start)
        {
            path.Leave(frame.Kind, instructions);
            return;
        }

        path.Count(instructions);
        lock (_gate)
            _all.Add(path.Root!, _functions);
    }

    // The child begins where its parent is, but what that executed is in the parent's file.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is not { IsChild: true, SharesMemory: false })
            return;
        _isWriter = IsPerProcess;
        _paths[vcpu.Index].Count(_stacks.InstructionsOf(vcpu.Id));
        _paths[vcpu.Index].Root!.Forget();
        _all.Forget();
    }

    public void OnExit(ReportWriter report)
    {
        if (!_isWriter)
            return;
        _output.Restart();
        if (Format == FlameFormat.Svg)
            _output.Write(Encoding.UTF8.GetBytes(new FlamePicture(_all).ToString()));
        else
            FoldedStacks.Write(_all, _output);
    }

    private CallPath NewPath(VCpuId vcpu)
    {
        var path = new CallPath(_functions);
        lock (_gate)
        {
            var paths = _paths;
            if (vcpu.Index >= paths.Length)
                Array.Resize(ref paths, vcpu.Index + 1);
            paths[vcpu.Index] = path;
            _paths = paths;
        }

        return path;
    }
}
