using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Writes every memory access, with its instruction, address, size and kind, to a file.</summary>
/// <remarks>Nothing is kept from one buffer to the next that is not written yet, so the file is whole at every end that the platform hands buffers over at.</remarks>
[EmuPlugin("memtrace", "Writes every memory access to a file")]
public sealed partial class Memtrace : Plugin, IOnTranslate, IOnFork, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Simulation;

    public static string Example => "-p memtrace,outfile=trace.emt PROGRAM";

    private const int Capacity = 32 * 1024;

    private readonly Lock _gate = new();
    private volatile ITraceWriter?[] _writers = [];
    private TraceBuffer<Access> _accesses = null!;
    private PluginOutput _output = null!;
    private int _process = Environment.ProcessId;
    private bool _hasHeader;
    private ulong _count;

    [Option("outfile", "The file to write; %p is the number of the process; - is the log")]
    public string File { get; init; } = "memtrace-%p.emt";

    [Option("format", "What to write: compressed frames, lines with commas, or what cache simulators read")]
    public TraceFormat Format { get; init; } = TraceFormat.Binary;

    [Option("track", "Which accesses: loads, stores or both")]
    public AccessChoice Track { get; init; } = AccessChoice.Rw;

    private AccessKind Kind => Track switch
    {
        AccessChoice.R => AccessKind.Read,
        AccessChoice.W => AccessKind.Write,
        _ => AccessKind.ReadWrite,
    };

    public override void Install(in GuestInfo guest)
    {
        if (File == "-" && Format == TraceFormat.Binary)
            throw new PluginInstallException("compressed frames are no lines of a log: give another 'outfile', or another 'format'");
        _hasHeader = Format != TraceFormat.Csv;
        _accesses = Host.NewTraceBuffer<Access>(Capacity, Write);
        _output = Host.OpenOutput(File);
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            insn.AppendOnMemory(Kind, _accesses);
    }

    // A child with a file of its own begins it as its parent did.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is not { IsChild: true, SharesMemory: false })
            return;
        (_process, _count) = (fork.ProcessId, 0);
        if (File.Contains("%p", StringComparison.Ordinal))
            _hasHeader = Format != TraceFormat.Csv;
    }

    public void OnReport(ReportWriter report)
    {
        var accesses = _count;
        report.Line("total", $"memtrace: {accesses} accesses");
    }

    private void Write(VCpuId vcpu, ReadOnlySpan<Access> accesses)
    {
        var text = WriterOf(vcpu.Index).Write(vcpu, accesses);
        lock (_gate)
        {
            if (!_hasHeader)
                _output.Write(CsvWriter.Header);
            _hasHeader = true;
            _output.Write(text);
            _count += (ulong)accesses.Length;
        }
    }

    private ITraceWriter WriterOf(int vcpu)
    {
        var writers = _writers;
        return (vcpu < writers.Length ? writers[vcpu] : null) ?? Add(vcpu);
    }

    private ITraceWriter Add(int vcpu)
    {
        lock (_gate)
        {
            var writers = _writers;
            if (vcpu >= writers.Length)
                Array.Resize(ref writers, vcpu + 1);
            var writer = writers[vcpu] = NewWriter();
            _writers = writers;
            return writer;
        }
    }

    private ITraceWriter NewWriter() => Format switch
    {
        TraceFormat.Csv => new CsvWriter(),
        TraceFormat.Din => new DineroWriter(),
        TraceFormat.Champsim => new ChampsimWriter(),
        _ => new FrameWriter(() => _process),
    };
}
