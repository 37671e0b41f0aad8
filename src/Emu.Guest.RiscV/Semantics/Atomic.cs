using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapter 14: atomic instructions. The IR's atomics are sequentially consistent, which is at least what aq and rl ask for.
internal ref partial struct InstructionSemantics
{
    private partial void LrW(XRegister rd, XRegister rs1, uint order) => SetX(rd, _ir.LoadReserved(X(rs1), 4));

    private partial void ScW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.StoreConditional(X(rs1), X(rs2), 4));

    private partial void AmoswapW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicSwap(X(rs1), X(rs2), 4));

    private partial void AmoaddW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicAdd(X(rs1), X(rs2), 4));

    private partial void AmoxorW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicXor(X(rs1), X(rs2), 4));

    private partial void AmoandW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicAnd(X(rs1), X(rs2), 4));

    private partial void AmoorW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicOr(X(rs1), X(rs2), 4));

    private partial void AmominW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMinSigned(X(rs1), X(rs2), 4));

    private partial void AmomaxW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMaxSigned(X(rs1), X(rs2), 4));

    private partial void AmominuW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMinUnsigned(X(rs1), X(rs2), 4));

    private partial void AmomaxuW(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMaxUnsigned(X(rs1), X(rs2), 4));

    private partial void LrD(XRegister rd, XRegister rs1, uint order) => SetX(rd, _ir.LoadReserved(X(rs1), 8));

    private partial void ScD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.StoreConditional(X(rs1), X(rs2), 8));

    private partial void AmoswapD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicSwap(X(rs1), X(rs2), 8));

    private partial void AmoaddD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicAdd(X(rs1), X(rs2), 8));

    private partial void AmoxorD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicXor(X(rs1), X(rs2), 8));

    private partial void AmoandD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicAnd(X(rs1), X(rs2), 8));

    private partial void AmoorD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicOr(X(rs1), X(rs2), 8));

    private partial void AmominD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMinSigned(X(rs1), X(rs2), 8));

    private partial void AmomaxD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMaxSigned(X(rs1), X(rs2), 8));

    private partial void AmominuD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMinUnsigned(X(rs1), X(rs2), 8));

    private partial void AmomaxuD(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMaxUnsigned(X(rs1), X(rs2), 8));
}
