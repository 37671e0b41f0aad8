using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapters 16 and 17: compare-and-swap, and atomic operations on bytes and halfwords.
internal ref partial struct InstructionSemantics
{
    private partial void AmoswapB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicSwap(X(rs1), X(rs2), 1));

    private partial void AmoaddB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicAdd(X(rs1), X(rs2), 1));

    private partial void AmoxorB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicXor(X(rs1), X(rs2), 1));

    private partial void AmoandB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicAnd(X(rs1), X(rs2), 1));

    private partial void AmoorB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicOr(X(rs1), X(rs2), 1));

    private partial void AmominB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMinSigned(X(rs1), X(rs2), 1));

    private partial void AmomaxB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMaxSigned(X(rs1), X(rs2), 1));

    private partial void AmominuB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMinUnsigned(X(rs1), X(rs2), 1));

    private partial void AmomaxuB(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMaxUnsigned(X(rs1), X(rs2), 1));

    private partial void AmoswapH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicSwap(X(rs1), X(rs2), 2));

    private partial void AmoaddH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicAdd(X(rs1), X(rs2), 2));

    private partial void AmoxorH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicXor(X(rs1), X(rs2), 2));

    private partial void AmoandH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicAnd(X(rs1), X(rs2), 2));

    private partial void AmoorH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicOr(X(rs1), X(rs2), 2));

    private partial void AmominH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMinSigned(X(rs1), X(rs2), 2));

    private partial void AmomaxH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMaxSigned(X(rs1), X(rs2), 2));

    private partial void AmominuH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMinUnsigned(X(rs1), X(rs2), 2));

    private partial void AmomaxuH(XRegister rd, XRegister rs1, XRegister rs2, uint order) => SetX(rd, _ir.AtomicMaxUnsigned(X(rs1), X(rs2), 2));

    private partial void AmocasB(XRegister rc, XRegister rs1, XRegister rs2, uint order) => SetX(rc, _ir.AtomicCompareSwap(X(rs1), X(rs2), X(rc), 1));

    private partial void AmocasH(XRegister rc, XRegister rs1, XRegister rs2, uint order) => SetX(rc, _ir.AtomicCompareSwap(X(rs1), X(rs2), X(rc), 2));

    private partial void AmocasW(XRegister rc, XRegister rs1, XRegister rs2, uint order) => SetX(rc, _ir.AtomicCompareSwap(X(rs1), X(rs2), X(rc), 4));

    private partial void AmocasD(XRegister rc, XRegister rs1, XRegister rs2, uint order) => SetX(rc, _ir.AtomicCompareSwap(X(rs1), X(rs2), X(rc), 8));

    private partial void AmocasQ(XPair pc, XRegister rs1, XPair pair, uint order)
    {
        const int stored = RiscVState.Pairs + 16;
        _ir.AtomicCompareSwapPair(X(rs1), (long)Place(pair, stored) << 32 | (uint)Place(pc, RiscVState.Pairs));
    }

    /// <summary>Where a pair's values lie; of x0, which has but one, they are put in <paramref name="room"/>.</summary>
    private readonly int Place(XPair pair, int room)
    {
        if (pair != XPair.Zero)
            return RiscVState.OffsetOf((XRegister)(2 * (int)pair));
        _ir.SetGlobal(room, Imm(0));
        _ir.SetGlobal(room + 8, Imm(0));
        return room;
    }
}
