using System.Runtime.InteropServices;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;
using ZLinq;

namespace Emu.Engine.Instrumentation.Traces;

/// <summary>
/// What the engine keeps of a plugin's trace: its place in the vCPUs' state blocks, and a buffer for each index that vCPUs have had. A vCPU's buffer belongs to its thread, or to whoever has
/// stopped all vCPUs; opening and closing take the plugin lock.
/// </summary>
internal sealed unsafe class TraceStream : ITraceDrain
{
    /// <summary>A backend may write whole groups of words, so up to a record's greatest length behind the last one.</summary>
    private const int Slack = TraceBuffer.MaxRecordSize;

    private readonly PluginHost _host;
    private readonly TraceBuffer _buffer;
    private readonly int _place;
    private GCHandle _handle;
    private nint[] _chunks = [];

    /// <param name="host">Who is told of a consumer that throws.</param>
    /// <param name="owner">The plugin.</param>
    /// <param name="buffer">Its trace.</param>
    /// <param name="place">The number of its slot in state blocks.</param>
    /// <param name="stampWord">Host address of the word that stamps are taken from.</param>
    public TraceStream(PluginHost host, PluginInstance owner, TraceBuffer buffer, int place, nint stampWord)
    {
        (_host, Owner, _buffer, _place) = (host, owner, buffer, place);
        _handle = GCHandle.Alloc(this);
        Layout = new IrTrace
        {
            Slot = VCpuContext.TracesOffset + place * sizeof(TraceSlot),
            RecordSize = buffer.RecordSize,
            Fields = buffer.Fields.AsValueEnumerable().Select(static field => new IrTraceField(ValueOf(field.Value), field.Offset, field.Size)).ToArray(),
            Stream = GCHandle.ToIntPtr(_handle),
            StampWord = stampWord,
        };
        buffer.Stream = this;
    }

    /// <summary>The plugin whose trace it is.</summary>
    public PluginInstance Owner { get; }

    /// <summary>The number of its slot.</summary>
    public int Place => _place;

    /// <summary>What translated code has to know.</summary>
    public IrTrace Layout { get; }

    /// <summary>The stream of a trace.</summary>
    /// <exception cref="ObjectDisposedException">Its plugin was uninstalled.</exception>
    public static TraceStream Of(TraceBuffer buffer) => buffer.Stream as TraceStream ?? throw new ObjectDisposedException(nameof(TraceBuffer), "the plugin whose trace this is was uninstalled");

    /// <summary>The stream that translated code knows by this handle.</summary>
    public static TraceStream Of(nint handle) => (TraceStream)GCHandle.FromIntPtr(handle).Target!;

    /// <summary>Gives a vCPU its buffer: that of the one that had its index before, or a new one.</summary>
    public void Open(VCpuContext vcpu)
    {
        if (vcpu.Index >= _chunks.Length)
            Array.Resize(ref _chunks, vcpu.Index + 1);
        ref var chunk = ref _chunks[vcpu.Index];
        var bytes = _buffer.Capacity * _buffer.RecordSize;
        if (chunk == 0)
            chunk = (nint)NativeMemory.AlignedAlloc((nuint)(bytes + Slack), 64);
        var start = (byte*)chunk;
        *SlotOf(vcpu.State) = new TraceSlot { Next = start, End = start + bytes, Start = start };
    }

    /// <summary>Hands over what a vCPU's buffer holds, and empties it. Nothing is thrown.</summary>
    public void HandOver(VCpuState* state)
    {
        var slot = SlotOf(state);
        var count = (int)((slot->Next - slot->Start) / _buffer.RecordSize);
        slot->Next = slot->Start;
        if (count == 0 || Owner.HasFailed)
            return;
        try
        {
            _buffer.Deliver(new VCpuId(state->Index, state->ThreadId), (nint)slot->Start, count);
        }
        catch (Exception exception)
        {
            _host.OnPluginFailed(Owner.Plugin, exception);
        }
    }

    void ITraceDrain.HandOver(nint state) => HandOver((VCpuState*)state);

    ulong ITraceDrain.TakeStamp() => Interlocked.Increment(ref *(ulong*)Layout.StampWord) - 1;

    ulong ITraceDrain.InstructionsOf(int vcpu) => Owner.InstructionCounter is { } counter && Layout.TryFind(IrTraceValue.InstructionCount, out _)
        ? counter.Get(vcpu)
        : throw new InvalidOperationException($"no field of the trace of plugin '{Owner.Name}' is {nameof(TraceValue.InstructionCount)}");

    /// <summary>Gives all memory back; no translated code may refer to it any more.</summary>
    public void Close(IReadOnlyList<VCpuContext> vcpus)
    {
        foreach (var vcpu in vcpus)
            *SlotOf(vcpu.State) = default;
        foreach (var chunk in _chunks)
            NativeMemory.AlignedFree((void*)chunk);
        (_chunks, _buffer.Stream) = ([], null);
        _handle.Free();
    }

    private TraceSlot* SlotOf(VCpuState* state) => (TraceSlot*)((byte*)state + Layout.Slot);

    private static IrTraceValue ValueOf(TraceValue value) => value switch
    {
        TraceValue.ProgramCounter => IrTraceValue.ProgramCounter,
        TraceValue.Address => IrTraceValue.Address,
        TraceValue.Value => IrTraceValue.Value,
        TraceValue.Size => IrTraceValue.Size,
        TraceValue.Kind => IrTraceValue.Kind,
        TraceValue.UserData => IrTraceValue.UserData,
        TraceValue.InstructionCount => IrTraceValue.InstructionCount,
        TraceValue.Stamp => IrTraceValue.Stamp,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "unknown value"),
    };
}
