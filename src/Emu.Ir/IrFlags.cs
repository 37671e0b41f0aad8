namespace Emu.Ir;

/// <summary>
/// Modifiers of an IR instruction. The fields overlap: which one an op uses follows from the op, see <see cref="IrOp"/>.
/// </summary>
[Flags]
public enum IrFlags : byte
{
    /// <summary>No modifier.</summary>
    None = 0,
    /// <summary><see cref="IrOp.Load"/>: extend the sign.</summary>
    Signed = 1,
    /// <summary><see cref="IrOp.PluginMem"/>: the access was a store.</summary>
    IsStore = 2,
}

/// <summary>The condition of a <see cref="IrOp.Branch"/> or <see cref="IrOp.LeaveIf"/>, kept in its <see cref="IrInsn.Flags"/>.</summary>
public enum IrCondition : byte
{
    /// <summary>a == b</summary>
    Equal,
    /// <summary>a != b</summary>
    NotEqual,
    /// <summary>a &lt; b, signed</summary>
    LessSigned,
    /// <summary>a &gt;= b, signed</summary>
    GreaterEqualSigned,
    /// <summary>a &lt; b, unsigned</summary>
    LessUnsigned,
    /// <summary>a &gt;= b, unsigned</summary>
    GreaterEqualUnsigned,
}

/// <summary>The rounding mode of a floating-point op, kept in its <see cref="IrInsn.Flags"/>; the numbers are RISC-V's (Unpriv. ISA 20.2).</summary>
public enum IrRounding : byte
{
    /// <summary>To nearest, ties to even.</summary>
    NearestEven = 0,
    /// <summary>Towards zero.</summary>
    TowardZero = 1,
    /// <summary>Towards negative infinity.</summary>
    Down = 2,
    /// <summary>Towards positive infinity.</summary>
    Up = 3,
    /// <summary>To nearest, ties away from zero.</summary>
    NearestAway = 4,
    /// <summary>
    /// What the vCPU state's rounding mode says when the op runs. If it says none of the above, the op raises
    /// <see cref="IrTrap.IllegalInstruction"/> with value 0, so all globals must be exact before it.
    /// </summary>
    Dynamic = 7,
}

/// <summary>Guest exceptions raised by <see cref="IrOp.Trap"/>.</summary>
public enum IrTrap
{
    /// <summary>The bytes are no instruction of this guest; the trap's value is the raw encoding, or 0 if it was found out while it ran.</summary>
    IllegalInstruction,
    /// <summary>A breakpoint instruction.</summary>
    Breakpoint,
    /// <summary>The instruction cannot be fetched; the trap's value is the address that failed.</summary>
    FetchFault,
    /// <summary>A jump to an address that no instruction can have; the trap's value is that address.</summary>
    MisalignedFetch,
}

/// <summary>What the vCPU loop does for an <see cref="IrOp.Exit"/>, kept in its <see cref="IrInsn.Flags"/>.</summary>
public enum IrExit : byte
{
    /// <summary>Only go on at the given address: queued work is done first.</summary>
    Resume,
    /// <summary>Code may have been rewritten: drop what was translated from writable pages, then go on.</summary>
    InstructionFence,
    /// <summary>The guest waits: give the host CPU away, then go on.</summary>
    Yield,
    /// <summary>The debugger has a breakpoint at the given address, where the guest is.</summary>
    Breakpoint,
}
