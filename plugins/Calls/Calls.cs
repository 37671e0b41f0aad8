using Emu.Plugins;
using ZLinq;

namespace StandardPlugins;

/// <summary>Counts calls and instructions of each function, its own and with all that it calls, and who calls whom; also as a file in Callgrind's format.</summary>
[EmuPlugin("calls", "Counts calls and instructions by function and caller, for Callgrind's tools")]
[Needs<IShadowStack>]
public sealed partial class Calls : Plugin, IStackWatcher, IOnFork, IOnReport, IOnExit
{
    private readonly Lock _gate = new();
    private readonly CallGraph _ended = new();
    private volatile CallWalk?[] _walks = [];
    private IShadowStack _stacks = null!;
    private PluginOutput? _output;
    private bool _isWriter;

    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p calls,outfile=callgrind.out PROGRAM";

    [Option("outfile", "A file in Callgrind's format, for callgrind_annotate and KCachegrind; %p is the number of the process, without which only the first process writes")]
    public string OutFile { get; init; } = "";

    [Option("limit", "How many functions, and how many calls, to list")]
    public uint Limit { get; init; } = 20;

    private bool IsPerProcess => OutFile.Contains("%p", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        _isWriter = guest.IsFirstProcess || IsPerProcess;
        if (OutFile.Length > 0)
            _output = Host.OpenOutput(OutFile);
        _stacks = Host.Service<IShadowStack>();
        _stacks.Watch(this);
    }

    public void OnEnter(VCpuId vcpu, in StackFrame frame, ulong instructions)
    {
        if (frame.Kind == FrameKind.Start)
            Begin(vcpu, instructions);
        _walks[vcpu.Index]!.Enter(frame, instructions);
    }

    public void OnLeave(VCpuId vcpu, in StackFrame frame, ulong instructions)
    {
        var walk = _walks[vcpu.Index]!;
        walk.Leave(instructions);
        if (frame.Kind != FrameKind.Start)
            return;
        lock (_gate)
        {
            _ended.Add(walk.Graph);
            _walks[vcpu.Index] = null;
        }
    }

    // The child begins where its parent is, but what that executed is in the parent's file.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is not { IsChild: true, SharesMemory: false })
            return;
        _isWriter = IsPerProcess;
        _ended.Clear();
        _walks[vcpu.Index]!.Restart(_stacks.InstructionsOf(vcpu.Id));
    }

    public void OnReport(ReportWriter report)
    {
        var graph = Graph();
        var total = graph.Total;
        var functions = graph.Functions.AsValueEnumerable().OrderByDescending(static function => function.Value.Own).ThenBy(static function => function.Key).ToArray();
        var entered = functions.Length;
        report.Line("total", $"{total} instructions in {entered} functions");
        report.Heading("         own     own %   with callees       calls  function");
        foreach (var (entry, counts) in functions.AsValueEnumerable().Take(Count))
        {
            var (own, percent, inclusive, calls, function) = (counts.Own, total == 0 ? 0 : 100.0 * counts.Own / total, counts.Inclusive, counts.Calls, NameOf(entry));
            report.Row("functions", $"{own,12}{percent,10:f2}{inclusive,15}{calls,12}  {function}");
        }

        report.Heading("       calls   with callees  caller -> function");
        foreach (var (arc, counts) in graph.Arcs.AsValueEnumerable().OrderByDescending(static arc => arc.Value.Calls).ThenBy(static arc => arc.Key).Take(Count))
        {
            var (calls, inclusive, caller, callee) = (counts.Calls, counts.Inclusive, NameOf(arc.Caller), NameOf(arc.Callee));
            report.Row("arcs", $"{calls,12}{inclusive,15}  {caller} -> {callee}");
        }
    }

    public void OnExit(ReportWriter report)
    {
        if (!_isWriter || _output is null)
            return;
        _output.Restart();
        new CallgrindFile(Host, _output).Write(Graph());
    }

    private int Count => (int)Math.Min(Limit, int.MaxValue);

    private string NameOf(ulong function) => FunctionPlace.Of(Host, function).Name;

    /// <summary>What vCPUs have done until now, those that have ended included.</summary>
    private CallGraph Graph()
    {
        var graph = new CallGraph();
        lock (_gate)
        {
            graph.Add(_ended);
            foreach (var vcpu in Host.VCpus)
                if (vcpu.Index < _walks.Length && _walks[vcpu.Index] is { } walk)
                    graph.Add(walk.Until(_stacks.InstructionsOf(vcpu)));
        }

        return graph;
    }

    private void Begin(VCpuId vcpu, ulong instructions)
    {
        lock (_gate)
        {
            var walks = _walks;
            if (vcpu.Index >= walks.Length)
                Array.Resize(ref walks, vcpu.Index + 1);
            walks[vcpu.Index] = new CallWalk(instructions);
            _walks = walks;
        }
    }
}
