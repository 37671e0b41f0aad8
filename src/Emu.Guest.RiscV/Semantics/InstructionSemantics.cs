using Emu.Ir;

namespace Emu.Guest.RiscV;

/// <summary>
/// What instructions mean: one method per base row of the tables, in the files beside this one, by chapter of the manual.
/// A method appends IR for one instruction; the last instruction of a block sets <see cref="Ended"/> with a terminal. Lives for one
/// translation.
/// </summary>
internal ref partial struct InstructionSemantics(IrBuilder ir, CpuModel cpu)
{
    private readonly IrBuilder _ir = ir;

    private readonly CpuModel _cpu = cpu;

    private ulong _pc;

    private uint _bits;

    /// <summary>True once a terminal has been written.</summary>
    public bool Ended { get; private set; }

    /// <summary>True if that was because the last instruction is illegal.</summary>
    public bool IsIllegal { get; private set; }

    private readonly ulong NextPc => _pc + (ulong)InstructionDecoder.LengthOf(_bits);

    /// <summary>Appends the instruction that stands at <paramref name="pc"/>.</summary>
    public void Append(ulong pc, Opcode opcode, uint bits)
    {
        _pc = pc;
        _bits = bits;
        _ir.InsnStart((long)pc, InstructionDecoder.LengthOf(bits));
        Dispatch(opcode, bits);
    }

    /// <summary>Reads a register. The value is that of the moment of use: use it before the register is written.</summary>
    private readonly IrValue X(XRegister register) =>
        register == XRegister.Zero ? _ir.Constant(0UL) : _ir.Global(RiscVState.OffsetOf(register));

    /// <summary>Writes a register; x0 stays zero, the effects of what made the value remain.</summary>
    private readonly void SetX(XRegister register, IrValue value)
    {
        if (register != XRegister.Zero)
            _ir.SetGlobal(RiscVState.OffsetOf(register), value);
    }

    private readonly IrValue Imm(long value) => _ir.Constant(value);

    private void Illegal(uint bits)
    {
        _ir.Trap(_ir.Constant((ulong)bits), (long)IrTrap.IllegalInstruction);
        Ended = IsIllegal = true;
    }
}
