using System.Numerics;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Tells how soon memory is used again: the histogram of reuse distances, which is the hit rate of caches of every size, and the working set over time.</summary>
/// <remarks>All vCPUs use one memory: their accesses are taken in the order in which they come. An access uses the line that it begins in.</remarks>
[EmuPlugin("reuse", "Tells how soon memory is used again, and the working set over time")]
public sealed partial class Reuse : Plugin, IOnTranslate, IOnReport
{
    public static PluginTopic Topic => PluginTopic.Memory;

    public static string Example => "-p reuse,window=1000000 PROGRAM";

    private const int Bins = 33;

    private readonly Lock _gate = new();
    private readonly ReuseStack _stack = new();
    private readonly HashSet<ulong> _inWindow = [];
    private readonly List<int> _workingSets = [];
    private readonly ulong[] _byDistance = new ulong[Bins];
    private ulong _cold;
    private ulong _accesses;
    private int _shift;

    [Option("linesize", "Bytes of a line")]
    public ByteSize LineSize { get; init; } = new(64);

    [Option("window", "Tell how many lines were used in every so many accesses; 0 to leave it out")]
    public ulong Window { get; init; }

    public override void Install(in GuestInfo guest)
    {
        if (!BitOperations.IsPow2(LineSize.Bytes))
            throw new PluginInstallException($"option 'linesize' does not take '{LineSize}'; allowed: a power of two");
        _shift = BitOperations.Log2(LineSize.Bytes);
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
            insn.OnMemory<Callbacks.Accessed>(AccessKind.ReadWrite);
    }

    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint userData)
    {
        var line = access.Address >> _shift;
        lock (_gate)
        {
            _accesses++;
            var distance = _stack.Use(line);
            if (distance < 0)
                _cold++;
            else
                _byDistance[BinOf(distance)]++;
            if (Window == 0)
                return;
            _inWindow.Add(line);
            if (_accesses % Window == 0)
                EndWindow();
        }
    }

    public void OnReport(ReportWriter report)
    {
        var (accesses, lines, cold) = (_accesses, _stack.Lines, _cold);
        report.Line("total", $"{accesses} accesses of {lines} lines of {LineSize} bytes, {cold} for the first time");
        report.Heading("lines of a cache, reused within, hit rate");
        var hits = 0UL;
        for (var bin = 0; hits + cold < accesses; bin++)
        {
            hits += _byDistance[bin];
            // What is used again after fewer others than a cache that forgets the least recently used line can hold is there still.
            var (size, reused, rate) = (1UL << bin, _byDistance[bin], 100.0 * hits / accesses);
            report.Row("distances", $"{size,12} {reused,14} {rate,8:f4} %");
        }

        ReportWindows(report);
    }

    private void ReportWindows(ReportWriter report)
    {
        if (Window == 0)
            return;
        report.Heading("accesses, lines used since the row before");
        for (var window = 0; window < _workingSets.Count; window++)
        {
            var (until, used) = ((ulong)(window + 1) * Window, _workingSets[window]);
            report.Row("windows", $"{until,12} {used,10}");
        }

        if (_accesses % Window != 0)
        {
            var (until, used) = (_accesses, _inWindow.Count);
            report.Row("windows", $"{until,12} {used,10}");
        }
    }

    private void EndWindow()
    {
        _workingSets.Add(_inWindow.Count);
        _inWindow.Clear();
    }

    /// <summary>Bin n holds the distances below 2^n that are in no bin before it.</summary>
    private static int BinOf(int distance) => BitOperations.Log2((uint)distance) + (distance == 0 ? 0 : 1);
}
