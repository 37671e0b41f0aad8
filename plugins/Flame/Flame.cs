using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts instructions by call stack, exactly: as folded stacks for flame graph tools, or drawn.</summary>
[EmuPlugin("flame", "Counts instructions by call stack, for flame graphs")]
[Needs<IShadowStack>]
public sealed partial class Flame : Plugin, IOnFork, IOnExit
{
    private CallTree _calls = null!;
    private PluginOutput _output = null!;
    private bool _isWriter;

    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p flame,format=svg,outfile=flame.svg PROGRAM";

    [Option("outfile", "The file to write; %p is the number of the process, without which only the first process writes; - is the log")]
    public string OutFile { get; init; } = "-";

    [Option("format", "Folded stacks, a line for each, or a picture that a browser shows")]
    public FlameFormat Format { get; init; } = FlameFormat.Folded;

    private bool IsPerProcess => OutFile.Contains("%p", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        _isWriter = guest.IsFirstProcess || IsPerProcess;
        _output = Host.OpenOutput(OutFile);
        _calls = new CallTree(Host, Host.Service<IShadowStack>());
    }

    // The child begins where its parent is, but what that executed is in the parent's file.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is not { IsChild: true, SharesMemory: false })
            return;
        _isWriter = IsPerProcess;
        _calls.Forget(vcpu.Id);
    }

    public void OnExit(ReportWriter report)
    {
        if (!_isWriter)
            return;
        _output.Restart();
        if (Format == FlameFormat.Svg)
            _output.Write(Encoding.UTF8.GetBytes(new FlamePicture(_calls.Root).ToString()));
        else
            FoldedStacks.Write(_calls.Root, _output);
    }
}
