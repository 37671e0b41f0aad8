using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Provides the shadow stacks of all vCPUs to other plugins; alone it tells how often functions were entered, and how deep.</summary>
/// <remarks>
/// Translated code notes calls, returns and jumps that may be tail calls in a trace, without a call; what they mean is looked at when a buffer is full, or when somebody asks. So a
/// call of the guest costs the writing of a record, and the reading of one that lies in the cache.
/// </remarks>
[EmuPlugin("shadowstack", "Knows which functions have been called, for plugins that ask; counts calls")]
[Provides<IShadowStack>]
public sealed partial class Shadowstack : Plugin, IOnTranslate, IOnVCpuInit, IOnVCpuExit, IOnDiscontinuity, IOnReport, IShadowStack, IServesPlugins
{
    public static PluginTopic Topic => PluginTopic.Execution;

    public static string Example => "-p shadowstack PROGRAM";

    /// <summary>Records in a buffer: 32 KiB, which stay in the first cache with what they lead to.</summary>
    private const int Capacity = 1024;

    private readonly Lock _gate = new();
    private readonly SiteTable _sites = new();
    private TraceBuffer<StackRecord> _trace = null!;
    private volatile GuestStack[] _stacks = [];
    private volatile IStackWatcher[] _watchers = [];
    private StackFigures _figures;
    private Register<ulong> _sp;

    public override void Install(in GuestInfo guest)
    {
        if (guest.IsSystem)
            throw new PluginInstallException("a full machine changes between programs, whose stacks this knows nothing of: shadowstack is for programs");
        _sp = Host.FindRegister<ulong>("sp");
        _trace = Host.NewTraceBuffer<StackRecord>(Capacity, Take);
    }

    public void Watch(IStackWatcher watcher)
    {
        foreach (var vcpu in Host.VCpus)
            if (vcpu.Index < _stacks.Length && _stacks[vcpu.Index] is { } stack)
                stack.Tell(watcher, _trace.InstructionsOf(vcpu));
        Change(watchers => [.. watchers, watcher]);
    }

    public void Unwatch(IStackWatcher watcher) => Change(watchers => Array.FindAll(watchers, other => other != watcher));

    public void EndService(Plugin user)
    {
        if (user is IStackWatcher watcher)
            Unwatch(watcher);
    }

    public ReadOnlySpan<StackFrame> FramesOf(in VCpu vcpu)
    {
        _trace.HandOver(vcpu);
        return _stacks[vcpu.Index].Frames;
    }

    public ulong InstructionsOf(VCpuId vcpu) => _trace.InstructionsOf(vcpu);

    public void OnVCpuInit(in VCpu vcpu)
    {
        var stack = new GuestStack(vcpu.Id, new StackFrame(FrameKind.Start, vcpu.ProgramCounter, 0, 0, ulong.MaxValue), IsBeginning);
        lock (_gate)
        {
            var stacks = _stacks;
            if (vcpu.Index >= stacks.Length)
                Array.Resize(ref stacks, vcpu.Index + 1);
            stacks[vcpu.Index] = stack;
            _stacks = stacks;
        }

        foreach (var watcher in _watchers)
            stack.Tell(watcher, _trace.InstructionsOf(vcpu.Id));
    }

    public void OnVCpuExit(in VCpu vcpu)
    {
        var stack = _stacks[vcpu.Index];
        stack.End(_watchers, _trace.InstructionsOf(vcpu.Id));
        lock (_gate)
            _figures.Add(stack.Figures);
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            if (KindOf(insn) is { } kind)
                insn.AppendOnEdge(EdgeKind.Taken, _trace, _sites.Add(SiteOf(insn, kind)));
    }

    public void OnDiscontinuity(in VCpu vcpu, in Discontinuity discontinuity)
    {
        _trace.HandOver(vcpu);
        var (stack, executed) = (_stacks[vcpu.Index], _trace.InstructionsOf(vcpu.Id));
        if (discontinuity.Kind == DiscontinuityKind.Return)
            stack.Resume(_watchers, executed);
        else
            stack.Interrupt(_watchers, discontinuity, Host.RegistersOf(vcpu).Read(_sp), executed);
    }

    public void OnReport(ReportWriter report)
    {
        StackFigures figures;
        lock (_gate)
            figures = _figures;
        foreach (var vcpu in Host.VCpus)
            figures.Add(_stacks[vcpu.Index].Figures);
        report.Line("calls", $"calls: {figures.Calls}");
        report.Line("tail-calls", $"tail calls: {figures.TailCalls}");
        report.Line("deepest", $"deepest: {figures.Deepest} frames");
    }

    private void Take(VCpuId vcpu, ReadOnlySpan<StackRecord> records) => _stacks[vcpu.Index].Take(records, _sites, _watchers);

    private void Change(Func<IStackWatcher[], IStackWatcher[]> change)
    {
        lock (_gate)
            _watchers = change(_watchers);
    }

    private StackSite SiteOf(Instruction insn, SiteKind kind) => kind == SiteKind.IndirectJump && Host.SymbolAt(insn.Address) is { } function
        ? new(kind, insn.Address, insn.FallThrough, function.Address, function.Size)
        : new(kind, insn.Address, insn.FallThrough);

    private SiteKind? KindOf(Instruction insn) => insn.ControlFlow switch
    {
        ControlFlow.Call or ControlFlow.IndirectCall => SiteKind.Call,
        ControlFlow.Return => SiteKind.Return,
        ControlFlow.ReturnAndCall => SiteKind.ReturnAndCall,
        ControlFlow.IndirectJump => SiteKind.IndirectJump,
        ControlFlow.Jump when IsBeginning(insn.Target!.Value) => SiteKind.Jump,
        _ => null,
    };

    private bool IsBeginning(ulong address) => Host.SymbolAt(address) is { } symbol && symbol.Address == address;
}
