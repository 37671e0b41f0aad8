using System.Globalization;
using System.Runtime.InteropServices;
using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Compares which way a program takes in two emulators that run at the same time, and tells where they part.</summary>
/// <remarks>
/// Compared are runs of instructions that lie one behind the other, whatever blocks they were translated as. A run ends where the program goes elsewhere; each emulator sends its runs to the other, so
/// many at a time, and waits for those of the other. Only one thread can be compared.
/// </remarks>
[EmuPlugin("lockstep", "Compares the way of a program with that in another emulator")]
public sealed partial class Lockstep : Plugin, IOnTranslate, IOnVCpuInit, IOnFork, IOnExit
{
    private const int Capacity = 2048;
    private const int ShownRuns = 5;

    private readonly List<(ulong Start, ulong End, int Instructions)> _blocks = [];
    private readonly Dictionary<(ulong Start, ulong End), int> _numbers = [];
    private readonly Run[] _runs = new Run[Capacity];
    private readonly ulong[] _executed = new ulong[Capacity];
    private readonly Lock _gate = new();
    private IPluginPeer? _peer;
    private Run _run;
    private int _count;
    private ulong _instructions;
    private ulong _sameRuns;
    private ulong _sameInstructions;
    private string _end = "";
    private bool _hasThread;

    public static PluginTopic Topic => PluginTopic.Platform;

    public static string Example => "-p lockstep,sockpath=lockstep.sock,wait=5 PROGRAM";

    [Option("sockpath", "The socket at which the two emulators meet", IsRequired = true)]
    public string SocketPath { get; init; } = "";

    [Option("wait", "Seconds to wait for the other, at the beginning and whenever it is behind")]
    public uint Wait { get; init; } = 60;

    [Option("verbose", "Log how far both have come, each time that they meet")]
    public bool Verbose { get; init; }

    public override void Install(in GuestInfo guest)
    {
        if (guest.IsSystem)
            throw new PluginInstallException("a full machine has several vCPUs and interrupts, whose order is not the same twice: lockstep is for programs");
        if (Wait is 0 or > 86400)
            throw new PluginInstallException($"option 'wait' does not take '{Wait}'; allowed: 1 to 86400");
        _peer = Host.ConnectPeer(SocketPath, TimeSpan.FromSeconds(Wait));
    }

    public void OnTranslate(TranslationBlock block)
    {
        lock (_gate)
        {
            var key = (block.Address, block.Address + (ulong)block.Size);
            if (!_numbers.TryGetValue(key, out var number))
            {
                _numbers.Add(key, number = _blocks.Count);
                _blocks.Add((block.Address, block.Address + (ulong)block.Size, block.InstructionCount));
            }

            block.OnExecute<Callbacks.Executed>(number);
        }
    }

    // The order in which threads run is not the same twice.
    public void OnVCpuInit(in VCpu vcpu)
    {
        if (_hasThread)
            Part("the program began a second thread, and the order of threads is not the same twice");
        _hasThread = true;
    }

    public void OnFork(in VCpu vcpu, in Fork fork)
    {
        if (fork is { IsChild: true, SharesMemory: false })
            Part("this is a forked child, which has no other side");
    }

    [ExecCallback]
    private void Executed(in VCpu vcpu, nint number)
    {
        if (_peer is null)
            return;
        var (start, end, instructions) = _blocks[(int)number];
        if (start != _run.End)
        {
            EndRun();
            _run.Start = start;
        }

        _run.End = end;
        _instructions += (ulong)instructions;
    }

    public void OnExit(ReportWriter report)
    {
        EndRun();
        if (_peer is not null)
            Meet(isLast: true);
        var (runs, insns) = (_sameRuns, _sameInstructions);
        if (_end.Length == 0)
            report.Line("summary", $"lockstep: {insns} instructions in {runs} runs were the same to the end");
        else
        {
            var reason = _end;
            report.Line("summary", $"lockstep: {insns} instructions in {runs} runs were the same; then {reason}");
        }
    }

    private void EndRun()
    {
        if (_run.End == 0 || _peer is null)
            return;
        (_runs[_count], _executed[_count]) = (_run, _instructions);
        if (++_count == Capacity)
            Meet(isLast: false);
    }

    /// <summary>Exchanges runs with the other side and compares them.</summary>
    private void Meet(bool isLast)
    {
        var own = _runs.AsSpan(0, _count);
        var others = new Run[Capacity];
        Span<int> head = [_count, isLast ? 1 : 0];
        var isThere = _peer!.Send(MemoryMarshal.AsBytes(head)) && _peer.Send(MemoryMarshal.AsBytes(own)) && _peer.Receive(MemoryMarshal.AsBytes(head))
            && head[0] is >= 0 and <= Capacity && _peer.Receive(MemoryMarshal.AsBytes(others.AsSpan(0, head[0])));
        if (!isThere)
        {
            Part("the other side has gone or did not come to this point in time");
            return;
        }

        var same = own.CommonPrefixLength(others.AsSpan(0, head[0]));
        _sameRuns += (ulong)same;
        _sameInstructions = same > 0 ? _executed[same - 1] : _sameInstructions;
        if (same < Math.Min(_count, head[0]))
            Part(Difference(same, others[same]));
        else if (_count != head[0])
            Part(_count < head[0] ? $"this side ended, the other went on at {PlaceOf(others[same].Start)}" : $"the other side ended, this one went on at {PlaceOf(own[same].Start)}");
        else if (Verbose)
            Host.Log(string.Create(CultureInfo.InvariantCulture, $"lockstep: {_sameInstructions} instructions are the same"));
        _count = 0;
    }

    private string Difference(int at, Run other)
    {
        var own = _runs[at];
        for (var before = Math.Max(0, at - ShownRuns); before < at; before++)
            Host.Log($"lockstep: both were at {PlaceOf(_runs[before].Start)} to 0x{_runs[before].End:x}");
        return own.Start == other.Start
            ? $"from {PlaceOf(own.Start)} this side went to 0x{own.End:x}, the other to 0x{other.End:x}"
            : $"this side went to {PlaceOf(own.Start)}, the other to {PlaceOf(other.Start)}";
    }

    private string PlaceOf(ulong address) => Host.SymbolAt(address) is { } symbol ? $"0x{address:x} ({symbol.PlaceOf(address)})" : $"0x{address:x}";

    /// <summary>Ends the comparison, once.</summary>
    private void Part(string reason)
    {
        if (_peer is not { } peer)
            return;
        _peer = null;
        peer.Close();
        _end = reason;
        Host.Log($"lockstep: {reason}");
    }

    /// <summary>Instructions that were executed one behind the other.</summary>
    private record struct Run(ulong Start, ulong End);
}
