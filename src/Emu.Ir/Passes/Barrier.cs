namespace Emu.Ir.Passes;

/// <summary>Instructions at which somebody may look at the guest's state or leave the block: everything before them must have happened, nothing after them.</summary>
public static class Barrier
{
    private const IrProperties Properties = IrProperties.Faults | IrProperties.Effects | IrProperties.Terminal;

    /// <summary>True for such an instruction; the second argument is its op's row.</summary>
    public static bool Is(in IrInsn insn, IrProperties properties) => (properties & Properties) != 0 || MayLackRounding(insn, properties);

    /// <summary>True if the block may be left at the instruction, and nobody looks at anything beside the guest's state there.</summary>
    public static bool MayLeave(in IrInsn insn, IrProperties properties) => (properties & IrProperties.Faults) != 0 || MayLackRounding(insn, properties);

    /// <summary>True if a trace may be left there, once all of the guest instruction has been done.</summary>
    public static bool IsWayOut(IrOp op) => op is IrOp.LeaveIf or IrOp.LeaveUnless;

    /// <summary>In dynamic rounding mode a float op traps if the guest has set none that exists.</summary>
    private static bool MayLackRounding(in IrInsn insn, IrProperties properties) =>
        (properties & IrProperties.Flags) != 0 && (IrRounding)insn.Flags == IrRounding.Dynamic;
}
