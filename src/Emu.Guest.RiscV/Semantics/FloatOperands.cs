using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA 20.2, 21.2: rounding modes and NaN boxing, for the chapters on half, single and double precision.
internal ref partial struct InstructionSemantics
{
    private const ulong Sign16 = 1UL << 15;
    private const ulong Sign32 = 1UL << 31;
    private const ulong Sign64 = 1UL << 63;

    /// <summary>A 64-bit register as it is.</summary>
    private readonly IrValue F64(FRegister register) => _ir.Global(RiscVState.OffsetOf(register));

    /// <summary>A 32-bit operand: the canonical NaN if the register does not hold a NaN-boxed value.</summary>
    private readonly IrValue F32(FRegister register) => _ir.NanUnbox(F64(register));

    /// <summary>A 16-bit operand: the canonical NaN if the register does not hold a NaN-boxed value.</summary>
    private readonly IrValue F16(FRegister register) => _ir.NanUnboxHalf(F64(register));

    private readonly void SetF64(FRegister register, IrValue value) => _ir.SetGlobal(RiscVState.OffsetOf(register), value);

    private readonly void SetF32(FRegister register, IrValue value) => SetF64(register, _ir.NanBox(value));

    private readonly void SetF16(FRegister register, IrValue value) => SetF64(register, _ir.NanBoxHalf(value));

    /// <summary>The rounding mode of an instruction as the flags of an IR op; an unassigned mode makes the instruction illegal.</summary>
    private bool TryRounding(uint rm, out IrFlags flags)
    {
        flags = (IrFlags)rm;
        if (rm is <= (uint)IrRounding.NearestAway or (uint)IrRounding.Dynamic)
            return true;
        Illegal(_bits);
        return false;
    }

    private readonly IrValue Negate(IrValue value, ulong sign) => _ir.Xor(value, _ir.Constant(sign));

    private readonly IrValue WithSign(IrValue magnitude, IrValue signs, ulong sign) => _ir.Or(
        _ir.And(magnitude, _ir.Constant(sign - 1)), _ir.And(signs, _ir.Constant(sign)));
}
