using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Counts instructions by call stack, exactly: as folded stacks for flame graph tools, or drawn.</summary>
/// <remarks>
/// Instructions are counted inline and given to a stack when a function is entered or left, so what a function does in between costs nothing more. A tail call puts the function that is
/// jumped to in the place of the one that jumps; a signal's handler stands on what it interrupted.
/// </remarks>
[EmuPlugin("flame", "Counts instructions by call stack, for flame graphs")]
public sealed partial class Flame : Plugin, IOnTranslate, IOnVCpuInit, IOnVCpuExit, IOnDiscontinuity, IOnFork, IOnExit
{
    private const ulong Nothing = 0;
    private const ulong CallByRa = 1;
    private const ulong CallByT0 = 2;
    private const ulong Jump = 3;

    private readonly Lock _gate = new();
    private FunctionNames _functions = null!;
    private CallNode _all = null!;
    private volatile CallStack[] _stacks = [];
    private Scoreboard<FlameCounts> _counts = null!;
    private ScoreboardEntry _executed;
    private ScoreboardEntry _pending;
    private Register<ulong> _sp;
    private Register<ulong> _ra;
    private Register<ulong> _t0;
    private PluginOutput _output = null!;
    private bool _isWriter;

    [Option("outfile", "The file to write; %p is the number of the process, without which only the first process writes; - is the log")]
    public string OutFile { get; init; } = "-";

    [Option("format", "Folded stacks, a line for each, or a picture that a browser shows")]
    public FlameFormat Format { get; init; } = FlameFormat.Folded;

    private bool IsPerProcess => OutFile.Contains("%p", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        if (guest.IsSystem)
            throw new PluginInstallException("a full machine changes between programs, whose stacks this knows nothing of: flame is for programs");
        _isWriter = guest.IsFirstProcess || IsPerProcess;
        _functions = new FunctionNames(Host);
        _all = new CallNode(null, Path.GetFileName(guest.ProgramPath));
        _counts = Host.NewScoreboard<FlameCounts>();
        _executed = _counts.Entry(static (ref FlameCounts counts) => ref counts.Executed);
        _pending = _counts.Entry(static (ref FlameCounts counts) => ref counts.Pending);
        (_sp, _ra, _t0) = (Host.FindRegister<ulong>("sp"), Host.FindRegister<ulong>("ra"), Host.FindRegister<ulong>("t0"));
        _output = Host.OpenOutput(OutFile);
    }

    public void OnVCpuInit(in VCpu vcpu)
    {
        lock (_gate)
        {
            var stacks = _stacks;
            if (vcpu.Index >= stacks.Length)
                Array.Resize(ref stacks, vcpu.Index + 1);
            stacks[vcpu.Index] = new CallStack(_all.Function);
            _stacks = stacks;
        }
    }

    public void OnVCpuExit(in VCpu vcpu)
    {
        var stack = _stacks[vcpu.Index];
        stack.Count(_counts[vcpu].Executed);
        lock (_gate)
            _all.Add(stack.Root);
    }

    public void OnTranslate(TranslationBlock block)
    {
        block.OnExecuteIf<Callbacks.Entered>(Condition.NotEqual, _pending, Nothing, PlaceOf(block[0]));
        foreach (var insn in block)
        {
            insn.AddOnExecute(_executed, 1);
            switch (insn.ControlFlow)
            {
                case ControlFlow.Call or ControlFlow.IndirectCall:
                    insn.StoreOnComplete(_pending, LinkOf(insn.Destinations));
                    break;
                case ControlFlow.Return:
                    insn.OnExecute<Callbacks.Returned>((nint)LinkOf(insn.Sources));
                    break;
                case ControlFlow.ReturnAndCall:
                    insn.OnExecute<Callbacks.Returned>((nint)LinkOf(insn.Sources));
                    insn.StoreOnComplete(_pending, LinkOf(insn.Destinations));
                    break;
                case ControlFlow.IndirectJump:
                    insn.StoreOnComplete(_pending, Jump);
                    break;
                case ControlFlow.Jump when IsBeginning(insn.Target!.Value):
                    insn.StoreOnComplete(_pending, Jump);
                    break;
            }
        }
    }

    [ExecCallback]
    private void Entered(in VCpu vcpu, Registers registers, nint place)
    {
        ref var counts = ref _counts[vcpu];
        var (kind, stack, function) = (counts.Pending, _stacks[vcpu.Index], _functions[(int)(place >> 1)]);
        counts.Pending = Nothing;
        if (kind != Jump)
            stack.Enter(function, registers.Read(kind == CallByT0 ? _t0 : _ra), registers.Read(_sp), counts.Executed);
        else if ((place & 1) != 0)
            stack.Replace(function, counts.Executed);
    }

    [ExecCallback]
    private void Returned(in VCpu vcpu, Registers registers, nint link) =>
        _stacks[vcpu.Index].Leave(registers.Read((ulong)link == CallByT0 ? _t0 : _ra), registers.Read(_sp), _counts[vcpu].Executed);

    public void OnDiscontinuity(in VCpu vcpu, in Discontinuity discontinuity)
    {
        ref var counts = ref _counts[vcpu];
        var stack = _stacks[vcpu.Index];
        if (discontinuity.Kind == DiscontinuityKind.Return)
        {
            stack.Resume(counts.Executed);
            return;
        }

        // The handler is entered as if it had been called: its way back is in the usual register.
        stack.Interrupt($"[signal {discontinuity.Number}]", counts.Executed);
        counts.Pending = CallByRa;
    }

    // The child begins where its parent is, but what that executed is in the parent's file.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is not { IsChild: true, SharesMemory: false })
            return;
        _isWriter = IsPerProcess;
        _stacks[vcpu.Index].Restart(_counts[vcpu].Executed);
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

    private nint PlaceOf(Instruction first) => (nint)_functions.NumberOf(first.Address, first.Symbol) << 1 | (IsBeginning(first.Address) ? 1 : 0);

    private bool IsBeginning(ulong address) => Host.SymbolAt(address) is { } symbol && symbol.Address == address;

    /// <summary>Which of the two registers of calls an instruction names.</summary>
    private static ulong LinkOf(IReadOnlyList<Register> registers) => registers is [{ Name: "t0" }, ..] ? CallByT0 : CallByRa;
}
