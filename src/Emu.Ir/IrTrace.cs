namespace Emu.Ir;

/// <summary>What a field of a record that <see cref="IrOp.TraceAppend"/> writes holds.</summary>
public enum IrTraceValue : byte
{
    /// <summary>Guest address of the instruction.</summary>
    ProgramCounter,
    /// <summary>Operand a plus <see cref="IrHook.Displacement"/>.</summary>
    Address,
    /// <summary>Operand b.</summary>
    Value,
    /// <summary>The lowest byte of <see cref="IrHook.Immediate"/>.</summary>
    Size,
    /// <summary>The byte above that.</summary>
    Kind,
    /// <summary><see cref="IrHook.UserData"/>.</summary>
    UserData,
    /// <summary>Operand c.</summary>
    InstructionCount,
    /// <summary>The word at <see cref="IrTrace.StampWord"/>, which grows by one, atomically.</summary>
    Stamp,
}

/// <summary>A field of a record.</summary>
/// <param name="Value">What it holds, of which it gets the low bytes.</param>
/// <param name="Offset">Where it begins, in bytes from the record's start.</param>
/// <param name="Size">Its length: 1, 2, 4 or 8.</param>
public readonly record struct IrTraceField(IrTraceValue Value, int Offset, int Size);

/// <summary>
/// Where records of a trace go and what they look like. In the vCPU's state block, at <see cref="Slot"/>, lie the host address of the next record and, behind it, that of the buffer's
/// end. When a record was written that reaches the end, the buffer is handed over, which sets the former back.
/// </summary>
public sealed class IrTrace
{
    /// <summary>Byte offset in the vCPU state block.</summary>
    public required int Slot { get; init; }

    /// <summary>Bytes of a record, a multiple of 4.</summary>
    public required int RecordSize { get; init; }

    /// <summary>The fields, of each value one at most; what lies between them is zero.</summary>
    public required IReadOnlyList<IrTraceField> Fields { get; init; }

    /// <summary>What the engine knows the trace by when a buffer is handed over.</summary>
    public nint Stream { get; init; }

    /// <summary>Host address of the word that is counted up for <see cref="IrTraceValue.Stamp"/>.</summary>
    public nint StampWord { get; init; }

    /// <summary>The field that holds a value, if there is one.</summary>
    public bool TryFind(IrTraceValue value, out IrTraceField field)
    {
        foreach (var candidate in Fields)
            if (candidate.Value == value)
            {
                field = candidate;
                return true;
            }

        field = default;
        return false;
    }

    /// <summary>The bytes of a record that are known when code is made, as a number; others are zero in it.</summary>
    /// <param name="offset">Where to begin.</param>
    /// <param name="length">How many, at most 8.</param>
    /// <param name="hook">What is appended.</param>
    /// <param name="pc">Guest address of the instruction.</param>
    public ulong ConstantAt(int offset, int length, in IrHook hook, ulong pc)
    {
        var bytes = 0UL;
        foreach (var field in Fields)
        {
            var value = field.Value switch
            {
                IrTraceValue.ProgramCounter => pc,
                IrTraceValue.Size => (byte)hook.Immediate,
                IrTraceValue.Kind => (byte)(hook.Immediate >> 8),
                IrTraceValue.UserData => (ulong)hook.UserData,
                _ => 0UL,
            };
            var shift = 8 * (field.Offset - offset);
            if (shift is > -64 and < 64)
                bytes |= shift >= 0 ? Low(value, field.Size) << shift : Low(value, field.Size) >> -shift;
        }

        return Low(bytes, length);
    }

    /// <summary>True if those bytes belong to a field that is known only when code runs.</summary>
    public bool IsComputedAt(int offset, int length)
    {
        foreach (var field in Fields)
            if (IsComputed(field.Value) && field.Offset <= offset && offset + length <= field.Offset + field.Size)
                return true;
        return false;
    }

    private static bool IsComputed(IrTraceValue value) => value is IrTraceValue.Address or IrTraceValue.Value or IrTraceValue.InstructionCount or IrTraceValue.Stamp;

    private static ulong Low(ulong value, int bytes) => value & (ulong.MaxValue >> (64 - 8 * bytes));
}
