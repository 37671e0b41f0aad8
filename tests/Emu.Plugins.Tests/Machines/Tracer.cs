namespace Emu.Plugins.Tests.Machines;

/// <summary>Notes what the guest does by a trace and by callbacks: both must tell the same.</summary>
[EmuPlugin("tracer", "Traces in two ways")]
public sealed partial class Tracer : Plugin, IOnTranslate, IOnVCpuExit
{
    /// <summary>What records of no access have as user data: before an instruction, after it, at a block's entry.</summary>
    public const nint Before = -1, After = -2, Entry = -3;

    private TraceBuffer<Record> _trace = null!;
    private ulong _executed;

    public new Host Host => base.Host;

    public int Capacity { get; init; } = 7;

    /// <summary>Whether instructions and blocks are noted beside accesses.</summary>
    public bool All { get; init; } = true;

    public AccessKind Kind { get; init; } = AccessKind.ReadWrite;

    /// <summary>Called before records are noted.</summary>
    public Action<VCpuId, int>? Consuming { get; init; }

    /// <summary>What the trace told.</summary>
    public List<string> Traced { get; } = [];

    /// <summary>What callbacks told.</summary>
    public List<string> Called { get; } = [];

    /// <summary>How many records came at a time.</summary>
    public List<int> Lengths { get; } = [];

    /// <summary>The stamps that came, of all vCPUs.</summary>
    public List<ulong> Stamps { get; } = [];

    /// <summary>How many records had come when a vCPU ended.</summary>
    public List<int> TracedAtEnd { get; } = [];

    public override void Install(in GuestInfo guest) => _trace = Host.NewTraceBuffer<Record>(Capacity, Take);

    public void OnVCpuExit(in VCpu vcpu) => TracedAtEnd.Add(Traced.Count);

    public void OnTranslate(TranslationBlock block)
    {
        if (All)
        {
            block.AppendOnExecute(_trace, Entry);
            block.OnExecute<Callbacks.Entered>((nint)block.Address);
        }

        foreach (var insn in block)
        {
            insn.OnExecute<Callbacks.Began>((nint)insn.Address);
            if (All)
                insn.AppendOnExecute(_trace, Before);
            insn.AppendOnMemory(Kind, _trace, insn.Index);
            insn.OnMemory<Callbacks.Accessed>(Kind, insn.Index);
            if (All)
            {
                insn.AppendOnComplete(_trace, After);
                insn.OnComplete<Callbacks.Completed>((nint)insn.Address);
            }
        }
    }

    [ExecCallback]
    private void Entered(in VCpu vcpu, nint address) => Note(address, Entry, _executed);

    [ExecCallback]
    private void Began(in VCpu vcpu, nint address)
    {
        _executed++;
        if (All)
            Note(address, Before, _executed);
    }

    [ExecCallback]
    private void Completed(in VCpu vcpu, nint address) => Note(address, After, _executed);

    [MemoryCallback]
    private void Accessed(in VCpu vcpu, in MemoryAccess access, nint index) =>
        Called.Add($"{vcpu.ProgramCounter:x} {(access.IsStore ? AccessKind.Write : AccessKind.Read)} {access.Size} {access.Address:x} {access.Value:x} {index} {_executed}");

    private void Note(nint address, nint what, ulong count) => Called.Add($"{address:x} {AccessKind.None} 0 0 0 {what} {count}");

    private void Take(VCpuId vcpu, ReadOnlySpan<Record> records)
    {
        Consuming?.Invoke(vcpu, records.Length);
        lock (Traced)
        {
            Lengths.Add(records.Length);
            foreach (ref readonly var record in records)
            {
                Traced.Add($"{record.Pc:x} {record.Kind} {record.Size} {record.Address:x} {record.Value:x} {record.What} {record.Count}");
                Stamps.Add(record.Stamp);
            }
        }
    }

    [TraceRecord]
    internal partial struct Record
    {
        [Traced(TraceValue.Size)] public byte Size;
        [Traced(TraceValue.Kind)] public AccessKind Kind;
        [Traced(TraceValue.ProgramCounter)] public ulong Pc;
        [Traced(TraceValue.Address)] public ulong Address;
        [Traced(TraceValue.Value)] public ulong Value;
        [Traced(TraceValue.UserData)] public nint What;
        [Traced(TraceValue.InstructionCount)] public ulong Count;
        [Traced(TraceValue.Stamp)] public ulong Stamp;
    }
}
