using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Writes one HTML page that shows a run: hot functions and blocks with their instructions and source, call stacks, what they do to memory, kinds of instructions, branches, threads.</summary>
/// <remarks>
/// A block is counted once per entry, and all that follows from its instructions is reckoned from that at the end: a block that a fault leaves half way counts whole. A branch that is not taken is
/// noticed by the block behind it; if a signal comes in between, it counts as taken. Pages of memory are counted from a trace of addresses. Counting at the edges of branches, as the
/// plugin <c>branches</c> does, and call stacks cost more than all the rest.
/// </remarks>
[EmuPlugin("report", "Writes an HTML page that shows where time and memory traffic go")]
[Needs<IShadowStack>]
public sealed partial class Report : Plugin, IOnTranslate, IOnVCpuInit, IOnVCpuExit, IOnVCpuIdle, IOnVCpuResume, IOnFork, IOnExit
{
    private const int TraceCapacity = 8192;

    private readonly Dictionary<(ulong Address, int Instructions), BlockRecord> _blocks = [];
    private readonly Dictionary<ulong, int> _entries = [];
    private readonly Lock _gate = new();
    private readonly ThreadTimes _threads = new();
    private PageCounts _pages = new(0);
    private CounterList _counters = null!;
    private ScoreboardEntry _behindBranch;
    private TraceBuffer<PageAccess>? _accesses;
    private CallTree? _calls;
    private PluginOutput _output = null!;
    private bool _isWriter;

    public static PluginTopic Topic => PluginTopic.Time;

    public static string Example => "-p report,outfile=report.html PROGRAM";

    [Option("outfile", "The page to write; %p is the number of the process, without which only the first process writes")]
    public string OutFile { get; init; } = "report.html";

    [Option("blocks", "How many blocks to show with their instructions")]
    public uint Blocks { get; init; } = 200;

    [Option("flame", "Count by call stack too, for a flame graph, which costs more than all the rest")]
    public bool Flame { get; init; }

    [Option("pages", "Count accesses by page of memory too, which costs more than all the rest")]
    public bool Pages { get; init; }

    [Option("pagesize", "Bytes of a page, a power of two")]
    public ByteSize PageSize { get; init; } = new(4096);

    [Option("source", "Show lines of source files that are still there")]
    public bool Source { get; init; } = true;

    private bool IsPerProcess => OutFile.Contains("%p", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        if (guest.IsSystem)
            throw new PluginInstallException("a full machine has no functions of one program: report is for programs");
        if (!ulong.IsPow2(PageSize.Bytes))
            throw new PluginInstallException($"option 'pagesize' does not take '{PageSize}'; allowed: a power of two");
        _isWriter = guest.IsFirstProcess || IsPerProcess;
        _counters = Host.NewCounters();
        _behindBranch = Host.NewScoreboard<ulong>().Entry();
        _pages = new PageCounts((int)ulong.Log2(PageSize.Bytes));
        if (Pages)
            _accesses = Host.NewTraceBuffer<PageAccess>(TraceCapacity, _pages.Add);
        if (Flame)
            _calls = new CallTree(Host, Host.Service<IShadowStack>());
        _output = Host.OpenOutput(OutFile);
    }

    public void OnTranslate(TranslationBlock block)
    {
        var record = RecordOf(block);
        block.OnExecuteIf<Callbacks.NotTaken>(Condition.Equal, _behindBranch, block.Address, record.EntryCounter);
        block.AddOnExecute(_counters.Entry(record.Counter), 1);
        if (_accesses is { } trace)
            foreach (var insn in block)
                insn.AppendOnMemory(AccessKind.ReadWrite, trace);
        var last = block[block.InstructionCount - 1];
        last.StoreOnExecute(_behindBranch, last.ControlFlow == ControlFlow.Branch ? last.FallThrough : 0);
    }

    [ExecCallback]
    private void NotTaken(in VCpu vcpu, nint counter) => _counters.Increment(vcpu, counter);

    public void OnVCpuInit(in VCpu vcpu) => _threads.Begin(vcpu.Id.ThreadId);

    public void OnVCpuExit(in VCpu vcpu) => _threads.End(vcpu.Id.ThreadId);

    public void OnVCpuIdle(in VCpu vcpu) => _threads.Idle(vcpu.Id.ThreadId);

    public void OnVCpuResume(in VCpu vcpu) => _threads.Resume(vcpu.Id.ThreadId);

    // A child has what its parent had executed; in a page of its own that is right, and there is no second page in one file.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is { IsChild: true, SharesMemory: false } && !IsPerProcess)
            _isWriter = false;
    }

    public void OnExit(ReportWriter report)
    {
        if (!_isWriter)
            return;
        var run = new RunSummary(Host, _blocks.Values, _counters, address => _entries.TryGetValue(address, out var counter) ? _counters.Sum(counter) : 0);
        var data = new ReportData
        {
            Title = Path.GetFileName(Host.Guest.ProgramPath),
            Seconds = _threads.Now,
            Functions = run.Functions,
            Frames = _calls is { } calls ? FlameRow.Of(calls.Root) : [],
            Blocks = run.HotBlocks.GetRange(0, (int)Math.Min(Blocks, (uint)run.HotBlocks.Count)),
            Classes = run.Classes,
            Extensions = run.Extensions,
            Branches = run.Branches,
            Pages = _pages.All,
            Threads = _threads.All,
            SourceOf = run.SourceOf,
            ModuleOf = run.ModuleOf,
            Sources = new SourceFiles(Source),
        };
        var (insns, functions, blocks, threads) = (run.Instructions, run.Functions.Count, _blocks.Count, _threads.Count);
        report.Line("summary", $"report: {insns} instructions in {functions} functions and {blocks} blocks, {threads} threads");
        _output.Restart();
        _output.Write(Encoding.UTF8.GetBytes(Page.Head(data.Title)));
        _output.Write(data.ToJson());
        _output.Write(Encoding.UTF8.GetBytes(Page.Tail));
    }

    // Several vCPUs may translate at once, and one may translate again.
    private BlockRecord RecordOf(TranslationBlock block)
    {
        lock (_gate)
        {
            var key = (block.Address, block.InstructionCount);
            if (!_blocks.TryGetValue(key, out var record))
                _blocks.Add(key, record = new BlockRecord(block, _counters.Add(), EntryCounterOf(block.Address)));
            return record;
        }
    }

    /// <summary>The counter of entries from a branch right before the address, which was not taken.</summary>
    private int EntryCounterOf(ulong address)
    {
        if (!_entries.TryGetValue(address, out var counter))
            _entries.Add(address, counter = _counters.Add());
        return counter;
    }
}
