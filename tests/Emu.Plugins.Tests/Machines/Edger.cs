namespace Emu.Plugins.Tests.Machines;

/// <summary>Notes edges by a callback, by a trace, inline and by a body without a call, and beside them the order of instructions, from which the edges follow.</summary>
[EmuPlugin("edger", "Notes edges in several ways")]
public sealed partial class Edger : Plugin, IOnTranslate
{
    private readonly Dictionary<ulong, (ControlFlow Flow, ulong FallThrough)> _flows = [];
    private TraceBuffer<Record> _trace = null!;
    private Scoreboard<Sums> _sums = null!;
    private Register<ulong> _sp;
    private ulong _last;

    /// <summary>Which edges are asked for.</summary>
    public EdgeKind Kind { get; init; } = EdgeKind.Both;

    /// <summary>What callbacks told: from, to, whether taken, stack pointer.</summary>
    public List<string> Called { get; } = [];

    /// <summary>What the trace told.</summary>
    public List<string> Traced { get; } = [];

    /// <summary>What follows from the order of instructions.</summary>
    public List<string> Derived { get; } = [];

    /// <summary>What was summed up inline, and by the body.</summary>
    public (ulong Taken, ulong FallThrough, ulong Stored, ulong Hash) Summed
    {
        get
        {
            var sums = _sums[0];
            return (sums.Taken, sums.FallThrough, sums.Stored, sums.Hash);
        }
    }

    public override void Install(in GuestInfo guest)
    {
        _trace = Host.NewTraceBuffer<Record>(5, Take);
        _sums = Host.NewScoreboard<Sums>();
        _sp = Host.FindRegister<ulong>("sp");
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            _flows[insn.Address] = (insn.ControlFlow, insn.FallThrough);
            insn.OnExecute<Callbacks.Began>();
            insn.AddOnEdge(Kind & EdgeKind.Taken, _sums.Entry(static (ref Sums sums) => ref sums.Taken), 1);
            insn.AddOnEdge(Kind & EdgeKind.FallThrough, _sums.Entry(static (ref Sums sums) => ref sums.FallThrough), 1);
            insn.StoreOnEdge(Kind, _sums.Entry(static (ref Sums sums) => ref sums.Stored), insn.Address);
            insn.OnEdge<Callbacks.Left>(Kind);
            insn.OnEdge<Callbacks.Hashed>(Kind, insn.Index);
            insn.AppendOnEdge(Kind, _trace, insn.Size);
        }
    }

    /// <summary>The body of <see cref="Hashed"/> once more, for the edges of <see cref="Derived"/>.</summary>
    public static ulong Hash(ulong hash, ulong target, ulong stackPointer, bool isTaken) => unchecked((hash * 31 + target) ^ (isTaken ? stackPointer : 1));

    [ExecCallback]
    private void Began(in VCpu vcpu, Registers registers, nint userData)
    {
        var (last, pc) = (_last, vcpu.ProgramCounter);
        _last = pc;
        if (last == 0 || _flows[last] is not { Flow: not (ControlFlow.Next or ControlFlow.System) } from)
            return;
        var kind = from.Flow == ControlFlow.Branch && pc == from.FallThrough ? EdgeKind.FallThrough : EdgeKind.Taken;
        if ((Kind & kind) != 0)
            Derived.Add(Text(last, pc, kind, registers.Read(_sp)));
    }

    [EdgeCallback]
    private void Left(in VCpu vcpu, in Edge edge, nint userData) => Called.Add(Text(vcpu.ProgramCounter, edge.Target, edge.IsTaken ? EdgeKind.Taken : EdgeKind.FallThrough, edge.StackPointer));

    [EdgeCallback]
    private void Hashed(in VCpu vcpu, in Edge edge, nint index) => _sums[vcpu].Hash = (_sums[vcpu].Hash * 31 + edge.Target) ^ (edge.IsTaken ? edge.StackPointer : 1);

    private void Take(VCpuId vcpu, ReadOnlySpan<Record> records)
    {
        foreach (ref readonly var record in records)
            Traced.Add(Text(record.From, record.To, (EdgeKind)record.Kind, record.StackPointer));
    }

    private static string Text(ulong from, ulong to, EdgeKind kind, ulong stackPointer) => $"{from:x} {to:x} {kind} {stackPointer:x}";

    private struct Sums
    {
        public ulong Taken;
        public ulong FallThrough;
        public ulong Stored;
        public ulong Hash;
    }

    [TraceRecord]
    internal partial struct Record
    {
        [Traced(TraceValue.ProgramCounter)] public ulong From;
        [Traced(TraceValue.Address)] public ulong To;
        [Traced(TraceValue.Value)] public ulong StackPointer;
        [Traced(TraceValue.Kind)] public uint Kind;
    }
}
