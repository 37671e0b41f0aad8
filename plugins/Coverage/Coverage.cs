using System.Text;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Writes how often which source lines and functions were executed, as lcov's tools read it.</summary>
/// <remarks>
/// Counted are pieces of blocks that are executed whole: a piece ends behind an instruction that may fault. A line was executed as often as that of its instructions which was most often; where it was
/// inlined at several places, these are added up. Lines and functions come from the debug information of all files that code was executed of, so that what was not executed is in the file with a 0.
/// </remarks>
[EmuPlugin("coverage", "Writes how often source lines and functions were executed, for lcov and genhtml")]
public sealed partial class Coverage : Plugin, IOnTranslate, IOnModuleLoad, IOnFork, IOnExit
{
    public static PluginTopic Topic => PluginTopic.Execution;

    public static string Example => "-p coverage,outfile=prog.info PROGRAM";

    private readonly List<Module> _modules = [];
    private readonly Dictionary<(int Module, ulong Start, ulong End), int> _pieces = [];
    private readonly Lock _gate = new();
    private CounterList _counters = null!;
    private PluginOutput _output = null!;
    private bool _isWriter;

    [Option("outfile", "The file to write; %p is the number of the process, without which only the first process writes")]
    public string OutFile { get; init; } = "coverage.info";

    private bool IsPerProcess => OutFile.Contains("%p", StringComparison.Ordinal);

    public override void Install(in GuestInfo guest)
    {
        if (guest.IsSystem)
            throw new PluginInstallException("a full machine has no files with source lines: coverage is for programs");
        _isWriter = guest.IsFirstProcess || IsPerProcess;
        _counters = Host.NewCounters();
        _output = Host.OpenOutput(OutFile);
    }

    public void OnModuleLoad(in VCpu vcpu, Module module)
    {
        lock (_gate)
            _modules.Add(module);
    }

    // A child has what its parent had covered; in a file of its own that is right, and there is no second table in one file.
    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is { IsChild: true, SharesMemory: false } && !IsPerProcess)
            _isWriter = false;
    }

    public void OnTranslate(TranslationBlock block)
    {
        lock (_gate)
        {
            // The last one that was loaded there: it may lie where an earlier one was.
            var address = block.Address;
            var module = _modules.FindLastIndex(module => module.Contains(address));
            if (module < 0)
                return; // What a compiler in the guest made has no source.
            for (int first = 0, next; first < block.InstructionCount; first = next)
            {
                next = EndOfPiece(block, first);
                block[first].AddOnExecute(_counters.Entry(CounterOf(module, block[first].Address, block[next - 1].FallThrough)), 1);
            }
        }
    }

    public void OnExit(ReportWriter report)
    {
        if (!_isWriter)
            return;
        var table = new CoverageTable();
        var without = 0;
        for (var module = 0; module < _modules.Count; module++)
            if (CountsOf(module) is { IsEmpty: false } counts && !table.TryAdd(Host, _modules[module], counts))
                without++;
        var (files, lines, hitLines, functions, hitFunctions) = table.Totals;
        report.Line("summary", $"coverage: {hitLines} of {lines} lines, {hitFunctions} of {functions} functions in {files} files; {without} modules without source lines");
        _output.Restart();
        foreach (var file in table.Files)
            _output.Write(Encoding.UTF8.GetBytes(file.ToString()));
    }

    /// <summary>The number of the instruction behind a piece.</summary>
    private static int EndOfPiece(TranslationBlock block, int first)
    {
        var next = first;
        while (next < block.InstructionCount && (next == first || block[next].Address == block[next - 1].FallThrough))
            if (MayFault(block[next++].Class))
                break;
        return next;
    }

    private static bool MayFault(string kind) => kind is "load" or "store" or "atomic" or "cache" or "csr" or "fp-load" or "fp-store";

    private int CounterOf(int module, ulong start, ulong end)
    {
        if (!_pieces.TryGetValue((module, start, end), out var counter))
            _pieces.Add((module, start, end), counter = _counters.Add());
        return counter;
    }

    private AddressCounts CountsOf(int module)
    {
        var counts = new AddressCounts();
        foreach (var ((owner, start, end), counter) in _pieces)
            if (owner == module)
                counts.Add(start, end, _counters.Sum(counter));
        return counts;
    }
}
