using System.Runtime.CompilerServices;
using Emu.Engine.Execution;
using Emu.Engine.Instrumentation.Traces;
using Emu.Ir;

namespace Emu.Backend.Threaded.Handlers;

/// <summary>
/// Appends a record to a trace: the words that are known, from the ops behind, then the fields that are computed. The op has the operands, and the slot's offset as third; the next one the
/// stream (<see cref="Op.Data"/>), the word of stamps (<see cref="Op.Imm"/>) and the record's shape (<see cref="Op.Pc"/>); those behind it three words each.
/// </summary>
internal static unsafe class Appending
{
    /// <summary>Words in an op: all but the handler.</summary>
    public const int WordsPerOp = 3;

    /// <summary>Ops that hold words, at most.</summary>
    public const int MaxWordOps = 4;

    private const int SizeBits = 8;
    private const int PlaceBits = 9;
    private const int Present = 1 << 8;
    private const int PlaceMask = (1 << PlaceBits) - 1;

    internal static class RawCalliHelper
    {
        public static nint Run(VCpuState* state, Op* op, ulong previous)
        {
            var slot = (TraceSlot*)((byte*)state + op->C);
            var record = slot->Next;
            var shape = op[1].Pc;
            var next = record + (byte)shape;
            var words = (ulong*)record;
            var behind = op + 2;
            for (; words < next; words += WordsPerOp, behind++)
            {
                words[0] = (ulong)behind->Data;
                words[1] = behind->Imm;
                words[2] = behind->Pc;
            }

            Put(record, shape >> SizeBits, *(ulong*)((byte*)state + op->A) + op->Imm);
            Put(record, shape >> (SizeBits + PlaceBits), *(ulong*)((byte*)state + op->B));
            Put(record, shape >> (SizeBits + 2 * PlaceBits), *(ulong*)((byte*)state + op->D));
            if (((shape >> (SizeBits + 3 * PlaceBits)) & Present) != 0)
                Put(record, shape >> (SizeBits + 3 * PlaceBits), (ulong)Interlocked.Increment(ref *(long*)op[1].Imm) - 1);
            slot->Next = next;
            if (next == slot->End)
                TraceHandover.Full(op[1].Data, state);
            return behind->Run(state, behind, 0);
        }
    }

    /// <summary>Length of a record and where its computed fields are.</summary>
    public static ulong ShapeOf(IrTrace trace) =>
        (uint)trace.RecordSize
        | PlaceOf(trace, IrTraceValue.Address) << SizeBits
        | PlaceOf(trace, IrTraceValue.Value) << (SizeBits + PlaceBits)
        | PlaceOf(trace, IrTraceValue.InstructionCount) << (SizeBits + 2 * PlaceBits)
        | PlaceOf(trace, IrTraceValue.Stamp) << (SizeBits + 3 * PlaceBits);

    private static ulong PlaceOf(IrTrace trace, IrTraceValue value) =>
        trace.TryFind(value, out var field) ? (uint)(Present | (System.Numerics.BitOperations.Log2((uint)field.Size) << 6) | field.Offset) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(byte* record, ulong shape, ulong value)
    {
        var place = (int)shape & PlaceMask;
        if ((place & Present) == 0)
            return;
        var target = record + (place & 63);
        switch ((place >> 6) & 3)
        {
            case 0: *target = (byte)value; break;
            case 1: *(ushort*)target = (ushort)value; break;
            case 2: *(uint*)target = (uint)value; break;
            default: *(ulong*)target = value; break;
        }
    }
}
