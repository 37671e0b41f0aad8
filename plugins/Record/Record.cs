using System.Globalization;
using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Writes what a program does to a file, by which plugins can be driven without it: blocks, instructions, accesses, edges, system calls and all other events, in one order.</summary>
[EmuPlugin("record", "Writes what a program does to a file, to be replayed for other plugins")]
public sealed partial class Record : Plugin, IOnTranslate, IOnVCpuInit, IOnVCpuExit, IOnVCpuIdle, IOnVCpuResume, IOnSyscall, IOnSyscallReturn, IOnDiscontinuity, IOnMapChange, IOnModuleLoad, IOnFork, IOnExec,
    IOnReport, IOnExit
{
    public static PluginTopic Topic => PluginTopic.Execution;

    public static string Example => "-p record,outfile=run.rec PROGRAM";

    private const int Capacity = 8 * 1024;
    private const string Head = "emu-recording 1";

    private readonly Lock _gate = new();
    private TraceBuffer<Step> _steps = null!;
    private RecordingText _text = null!;
    private RecordedOrder _order = null!;
    private Definitions _definitions = null!;
    private RecordedRegisters _registers = null!;
    private Register<ulong> _stackPointer;
    private bool _isOver;
    private ulong _instructions;
    private ulong _accesses;

    [Option("outfile", "The file to write, packed if it ends in .gz; %p is the number of the process; - is the log")]
    public string File { get; init; } = "emu-%p.rec";

    [Option("reg", "Record the registers whose names match this pattern with * and ?, as they are before each instruction; slow")]
    public string[] Patterns { get; init; } = [];

    private bool IsPacked => File.EndsWith(".gz", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        _steps = Host.NewTraceBuffer<Step>(Capacity, Take);
        _text = new RecordingText(Host.OpenOutput(File), IsPacked);
        _order = new RecordedOrder(_text);
        _definitions = new Definitions(Host);
        _registers = new RecordedRegisters(Host, Patterns);
        _stackPointer = Host.FindRegister<ulong>("sp");
        // A program that a child executes would write over what its parent records.
        _isOver = !guest.IsFirstProcess && !HasProcess;
        if (!_isOver)
            Begin();
    }

    public void OnTranslate(TranslationBlock block)
    {
        int number;
        lock (_gate)
        {
            number = _definitions.Define(block, line => _order.AddTranslation(_steps.TakeStamp(), line));
            Written();
        }

        foreach (var insn in block)
        {
            if (_registers.Count > 0)
                insn.OnExecute<Callbacks.Looked>();
            insn.AppendOnExecute(_steps, Step.PlaceOf(insn.Index == 0 ? StepKind.Enter : StepKind.Begin, number, insn.Index));
            insn.AppendOnMemory(AccessKind.ReadWrite, _steps, Step.PlaceOf(StepKind.Access, number, insn.Index));
            if (insn.Index == block.InstructionCount - 1)
                insn.AppendOnComplete(_steps, Step.PlaceOf(StepKind.Done, number, insn.Index));
            insn.AppendOnEdge(EdgeKind.Both, _steps, Step.PlaceOf(StepKind.Edge, number, insn.Index));
        }
    }

    public void OnVCpuInit(in VCpu vcpu)
    {
        lock (_gate)
            Start(_order.Start(vcpu.Index), vcpu);
    }

    public void OnVCpuExit(in VCpu vcpu)
    {
        Note(vcpu, "exit", isOutside: true);
        lock (_gate)
            _order.End(ThreadOf(vcpu.Id));
    }

    public void OnVCpuIdle(in VCpu vcpu) => Note(vcpu, "idle", isOutside: true);

    // The system call that it was idle in goes on.
    public void OnVCpuResume(in VCpu vcpu) => Note(vcpu, "resume", isOutside: true);

    public void OnSyscall(in VCpu vcpu, in SystemCall call)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"syscall {call.Number} {RecordingText.Word(call.Name)}");
        for (var i = 0; i < call.ArgumentCount; i++)
            line.Append(CultureInfo.InvariantCulture, $" 0x{call[i]:x}");
        Note(vcpu, line.ToString(), isOutside: true);
    }

    public void OnSyscallReturn(in VCpu vcpu, in SystemCall call, long result) => Note(vcpu, string.Create(CultureInfo.InvariantCulture, $"result {result}"));

    public void OnDiscontinuity(in VCpu vcpu, in Discontinuity discontinuity)
    {
        var (kind, from, to, number) = discontinuity;
        var way = $"0x{from:x} 0x{to:x} 0x{Host.RegistersOf(vcpu).Read(_stackPointer):x}";
        Note(vcpu, kind switch
        {
            DiscontinuityKind.Interrupt => $"interrupt {number} {way}",
            DiscontinuityKind.Exception => $"exception {number} {way}",
            _ => $"return {way}",
        });
    }

    public void OnMapChange(in VCpu vcpu, in MapChange change)
    {
        var range = $"0x{change.Start:x} 0x{change.End:x}";
        var content = $"{range} {Rights(change.Rights)}{(change.IsShared ? 's' : 'p')} 0x{change.FileOffset:x} {RecordingText.Word(change.Name)}";
        NoteInside(vcpu, change.Kind switch
        {
            MapChangeKind.Map => $"map {content}",
            MapChangeKind.Unmap => $"unmap {range}",
            MapChangeKind.Protect => $"protect {content}",
            _ => $"move 0x{change.OldStart:x} 0x{change.OldEnd:x} {content}",
        });
    }

    public void OnModuleLoad(in VCpu vcpu, Module module)
    {
        int number;
        lock (_gate)
            number = _definitions.NumberOf(module, line => _order.AddTranslation(_steps.TakeStamp(), line));
        NoteInside(vcpu, $"loaded {number}");
    }

    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is { IsChild: true, SharesMemory: false })
            BeginChild(vcpu);
        NoteInside(vcpu, $"fork {(fork.IsChild ? "child" : "parent")} {fork.ProcessId}{(fork.SharesMemory ? " shared" : "")}");
    }

    public void OnExec(in VCpu vcpu, string path, IReadOnlyList<string> arguments)
    {
        var line = new StringBuilder($"exec {RecordingText.Word(path)}");
        foreach (var argument in arguments)
            line.Append(' ').Append(RecordingText.Word(argument));
        NoteInside(vcpu, line.ToString());
    }

    public void OnReport(ReportWriter report)
    {
        lock (_gate)
        {
            Finish();
            var (instructions, accesses) = (_instructions, _accesses);
            report.Line("total", $"record: {instructions} instructions, {accesses} accesses");
        }
    }

    public void OnExit(ReportWriter report)
    {
        lock (_gate)
            Finish();
    }

    /// <summary>Rights as letters.</summary>
    internal static string Rights(MapRights rights) =>
        string.Concat((rights & MapRights.Read) != 0 ? "r" : "-", (rights & MapRights.Write) != 0 ? "w" : "-", (rights & MapRights.Execute) != 0 ? "x" : "-");

    private bool HasProcess => File.Contains("%p", StringComparison.Ordinal);

    /// <summary>A child with a file of its own begins it with what it has from its parent; else it is not recorded.</summary>
    private void BeginChild(in VCpu vcpu)
    {
        lock (_gate)
        {
            _text.Forget();
            _order.KeepOnly(vcpu.Index);
            (_instructions, _accesses, _isOver) = (0, 0, _isOver || !HasProcess);
            if (_isOver)
                return;
            Begin();
            foreach (var line in _definitions.Lines)
                _text.Line(line);
            Start(_order.Find(vcpu.Index) ?? _order.Start(vcpu.Index), vcpu);
        }
    }

    private void Begin()
    {
        _text.Line(Head);
        _text.Line($"guest {Host.Guest.TargetName}");
        _text.Line($"program {RecordingText.Word(Host.Guest.ProgramPath)} 0x{Host.Guest.StartCode:x} 0x{Host.Guest.EndCode:x} 0x{Host.Guest.EntryCode:x}");
    }

    private void Take(VCpuId vcpu, ReadOnlySpan<Step> steps)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            var thread = ThreadOf(vcpu);
            foreach (ref readonly var step in steps)
            {
                thread.Waiting.Enqueue(new(step.Stamp, step, null));
                _instructions += step.Kind is StepKind.Enter or StepKind.Begin ? 1UL : 0UL;
                _accesses += step.Kind == StepKind.Access ? 1UL : 0UL;
            }

            (thread.Last, thread.IsOutside) = (steps[^1].Stamp, false);
            Written();
        }
    }

    /// <summary>Takes down an event of a vCPU, behind what it has done before.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="line">The event's line, without the vCPU.</param>
    /// <param name="isOutside">No instruction of it is executed before it comes to another event.</param>
    private void Note(in VCpu vcpu, string line, bool isOutside = false)
    {
        _steps.HandOver(vcpu);
        lock (_gate)
        {
            var thread = ThreadOf(vcpu.Id);
            thread.IsOutside = isOutside;
            Add(thread, _registers.Take(vcpu.Index, Host.RegistersOf(vcpu)));
            Add(thread, line);
        }
    }

    /// <summary>The same for an event in the middle of another, such as a system call.</summary>
    private void NoteInside(in VCpu vcpu, string line)
    {
        _steps.HandOver(vcpu);
        lock (_gate)
            Add(ThreadOf(vcpu.Id), line);
    }

    private void Start(RecordedThread thread, in VCpu vcpu)
    {
        _registers.Start(vcpu.Index);
        Add(thread, _registers.Take(vcpu.Index, Host.RegistersOf(vcpu)));
        Add(thread, $"start {vcpu.ThreadId} 0x{vcpu.ProgramCounter:x}");
    }

    /// <summary>A vCPU, which had started before the plugin came if it is not known yet.</summary>
    private RecordedThread ThreadOf(VCpuId vcpu)
    {
        if (_order.Find(vcpu.Index) is { } known)
            return known;
        var thread = _order.Start(vcpu.Index);
        _registers.Start(vcpu.Index);
        Add(thread, $"start {vcpu.ThreadId}");
        return thread;
    }

    [ExecCallback]
    private void Looked(in VCpu vcpu, Registers registers, nint userData)
    {
        if (!_registers.HaveChanged(vcpu.Index, registers))
            return;
        _steps.HandOver(vcpu);
        lock (_gate)
            Add(ThreadOf(vcpu.Id), _registers.Take(vcpu.Index, registers));
    }

    private void Add(RecordedThread thread, List<string>? changes)
    {
        if (changes is null || _isOver)
            return;
        foreach (var line in changes)
        {
            thread.Last = _steps.TakeStamp();
            thread.Waiting.Enqueue(new(thread.Last, default, line, IsWithin: true));
        }

        Written();
    }

    private void Add(RecordedThread thread, string line)
    {
        if (_isOver)
            return;
        thread.Last = _steps.TakeStamp();
        thread.Waiting.Enqueue(new(thread.Last, default, $"{thread.Index} {line}"));
        Written();
    }

    private void Written()
    {
        if (!_isOver)
            _order.Write();
    }

    private void Finish()
    {
        if (_isOver)
            return;
        _order.WriteAll();
        _text.End();
    }
}
