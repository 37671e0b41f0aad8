using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Ir;
using Emu.Ir.Reference;

namespace Emu.Backend.Tests.Differential;

/// <summary>The trace that random blocks append to, and its buffer, which no block fills; one per test thread.</summary>
internal static unsafe class Traces
{
    private const int RecordSize = 52;
    private const int Words = 1 << 14;

    [ThreadStatic]
    private static ulong[]? t_words;

    [ThreadStatic]
    private static IrTrace? t_layout;

    /// <summary>A record with fields of all lengths, some of which share a word, and with gaps.</summary>
    public static IrTrace Layout => t_layout ??= new IrTrace
    {
        Slot = VCpuContext.TracesOffset,
        RecordSize = RecordSize,
        StampWord = Address(0),
        Fields =
        [
            new(IrTraceValue.Address, 0, 8), new(IrTraceValue.ProgramCounter, 8, 8), new(IrTraceValue.Value, 16, 4), new(IrTraceValue.Size, 21, 1), new(IrTraceValue.Kind, 22, 2),
            new(IrTraceValue.UserData, 24, 4), new(IrTraceValue.InstructionCount, 30, 2), new(IrTraceValue.Stamp, 40, 8),
        ],
    };

    /// <summary>Empties the vCPU's buffer.</summary>
    public static void Begin(VCpuState* state)
    {
        Buffer[0] = 0;
        *SlotOf(state) = new TraceSlot { Start = (byte*)Address(1), Next = (byte*)Address(1), End = (byte*)Address(Words - 1) };
    }

    /// <summary>Writes down what the vCPU has appended.</summary>
    public static void Take(VCpuState* state, HookLog log)
    {
        var slot = SlotOf(state);
        for (var record = slot->Start; record < slot->Next; record += RecordSize)
            log.Records.Add(Convert.ToHexString(new ReadOnlySpan<byte>(record, RecordSize)));
    }

    private static ulong[] Buffer => t_words ??= GC.AllocateArray<ulong>(Words, pinned: true);

    private static nint Address(int word) => (nint)Unsafe.AsPointer(ref Buffer[word]);

    private static TraceSlot* SlotOf(VCpuState* state) => (TraceSlot*)((byte*)state + VCpuContext.TracesOffset);
}
