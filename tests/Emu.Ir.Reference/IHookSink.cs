namespace Emu.Ir.Reference;

/// <summary>Stands for the plugins: gets the callbacks that a block's hooks ask for.</summary>
public interface IHookSink
{
    /// <summary>An execution callback at the guest instruction at <paramref name="pc"/>.</summary>
    void Exec(in IrHook hook, ReferenceState state, ulong pc);

    /// <summary>A memory callback.</summary>
    void Memory(in IrHook hook, ReferenceState state, ulong pc, in MemoryEvent access);

    /// <summary>A record of a trace, with what is computed for it.</summary>
    void Append(in IrHook hook, ulong pc, ulong address, ulong value, ulong count);
}

/// <summary>A memory access that a callback is told of.</summary>
/// <param name="Address">Guest address.</param>
/// <param name="Value">What was read or written.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Flags">Direction and sign extension.</param>
public readonly record struct MemoryEvent(ulong Address, ulong Value, int Size, IrFlags Flags);

/// <summary>
/// Writes down each callback together with a digest of all registers as they are then: plugins must see them exact. One that may write registers does, a register and a value that follow
/// from the digest.
/// </summary>
public sealed class HookLog : IHookSink
{
    /// <summary>The callbacks in order.</summary>
    public List<string> Lines { get; } = [];

    /// <inheritdoc/>
    public void Exec(in IrHook hook, ReferenceState state, ulong pc)
    {
        Lines.Add($"exec {hook.Callback} data={hook.UserData} pc=0x{pc:x} state={Digest(state):x}");
        Write(hook, state);
    }

    /// <inheritdoc/>
    public void Memory(in IrHook hook, ReferenceState state, ulong pc, in MemoryEvent access)
    {
        Lines.Add($"memory {hook.Callback} data={hook.UserData} pc=0x{pc:x} {access} state={Digest(state):x}");
        Write(hook, state);
    }

    /// <summary>The records of traces in order, their bytes in hexadecimal.</summary>
    public List<string> Records { get; } = [];

    /// <inheritdoc/>
    public void Append(in IrHook hook, ulong pc, ulong address, ulong value, ulong count)
    {
        var record = new byte[hook.Trace!.RecordSize];
        foreach (var (what, offset, size) in hook.Trace.Fields)
        {
            var number = what switch
            {
                IrTraceValue.ProgramCounter => pc,
                IrTraceValue.Address => address,
                IrTraceValue.Value => value,
                IrTraceValue.Size => hook.Immediate & 0xFF,
                IrTraceValue.Kind => (hook.Immediate >> 8) & 0xFF,
                IrTraceValue.UserData => (ulong)hook.UserData,
                IrTraceValue.InstructionCount => count,
                IrTraceValue.Stamp => (ulong)Records.Count,
                _ => throw new ArgumentException($"unknown value {what}", nameof(hook)),
            };
            for (var i = 0; i < size; i++)
                record[offset + i] = (byte)(number >> (8 * i));
        }

        Records.Add(Convert.ToHexString(record));
    }

    /// <summary>The first register is left alone: a guest's may be one that is always zero.</summary>
    private static void Write(in IrHook hook, ReferenceState state)
    {
        if (hook.Globals != IrGlobalUse.Write)
            return;
        var digest = Digest(state);
        var count = state.Registers.Length / IrGlobals.Size;
        var offset = IrGlobals.FirstRegister + IrGlobals.Size * (1 + (int)(digest % (ulong)(count - 1)));
        state[offset] = (digest & 0x100) != 0 ? digest : state[offset] ^ 0x18;
    }

    private static ulong Digest(ReferenceState state)
    {
        var digest = 14695981039346656037UL;
        foreach (var octet in state.Registers)
            digest = (digest ^ octet) * 1099511628211UL;
        return digest;
    }
}
