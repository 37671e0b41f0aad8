namespace Emu.Ir.Reference;

/// <summary>How the execution of a block ended.</summary>
public enum BlockEndKind
{
    /// <summary>Go on at <see cref="BlockEnd.Pc"/>.</summary>
    Jump,
    /// <summary>System call; <see cref="BlockEnd.Pc"/> is the address after it.</summary>
    Syscall,
    /// <summary><see cref="BlockEnd.Cause"/> is the <see cref="IrTrap"/>, <see cref="BlockEnd.Value"/> its value, <see cref="BlockEnd.Pc"/> the instruction's address.</summary>
    Trap,
    /// <summary><see cref="BlockEnd.Cause"/> is the <see cref="IrExit"/>; go on at <see cref="BlockEnd.Pc"/>.</summary>
    Exit,
    /// <summary>A read failed at the address <see cref="BlockEnd.Value"/>; <see cref="BlockEnd.Pc"/> is the instruction's address.</summary>
    ReadFault,
    /// <summary>A write, or an atomic access, failed at the address <see cref="BlockEnd.Value"/>; <see cref="BlockEnd.Pc"/> is the instruction's address.</summary>
    WriteFault,
    /// <summary>The atomic access at the address <see cref="BlockEnd.Value"/> was not aligned; <see cref="BlockEnd.Pc"/> is the instruction's address.</summary>
    Misaligned,
}

/// <summary>How the execution of a block ended; which fields mean something follows from <paramref name="Kind"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Pc">A guest address.</param>
/// <param name="Value">Trap value or fault address.</param>
/// <param name="Cause">Number of the trap or exit action.</param>
public readonly record struct BlockEnd(BlockEndKind Kind, ulong Pc, ulong Value = 0, int Cause = 0)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} pc=0x{Pc:x} value=0x{Value:x} cause={Cause}";
}
