using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapter 20: single-precision floating point.
internal ref partial struct InstructionSemantics
{
    private partial void Flw(FRegister fd, XRegister rs1, int imm) => SetF32(fd, _ir.Load(X(rs1), imm, 4));

    // Stores write the low half whatever the register holds: Unpriv. ISA 21.2.
    private partial void Fsw(FRegister fs2, XRegister rs1, int imm) => _ir.Store(X(rs1), F64(fs2), imm, 4);

    private partial void FmaddS(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatMulAdd(F32(fs1), F32(fs2), F32(fs3), 4, flags));
    }

    private partial void FmsubS(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatMulAdd(F32(fs1), F32(fs2), Negate(F32(fs3), Sign32), 4, flags));
    }

    private partial void FnmsubS(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatMulAdd(Negate(F32(fs1), Sign32), F32(fs2), F32(fs3), 4, flags));
    }

    private partial void FnmaddS(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatMulAdd(Negate(F32(fs1), Sign32), F32(fs2), Negate(F32(fs3), Sign32), 4, flags));
    }

    private partial void FaddS(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatAdd(F32(fs1), F32(fs2), 4, flags));
    }

    private partial void FsubS(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatSub(F32(fs1), F32(fs2), 4, flags));
    }

    private partial void FmulS(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatMul(F32(fs1), F32(fs2), 4, flags));
    }

    private partial void FdivS(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatDiv(F32(fs1), F32(fs2), 4, flags));
    }

    private partial void FsqrtS(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatSqrt(F32(fs1), 4, flags));
    }

    private partial void FsgnjS(FRegister fd, FRegister fs1, FRegister fs2) => SetF32(fd, fs1 == fs2 ? F32(fs1) : WithSign(F32(fs1), F32(fs2), Sign32));

    private partial void FsgnjnS(FRegister fd, FRegister fs1, FRegister fs2) => SetF32(fd, fs1 == fs2
        ? Negate(F32(fs1), Sign32)
        : WithSign(F32(fs1), Negate(F32(fs2), Sign32), Sign32));

    private partial void FsgnjxS(FRegister fd, FRegister fs1, FRegister fs2) => SetF32(fd, fs1 == fs2
        ? _ir.And(F32(fs1), _ir.Constant(Sign32 - 1))
        : _ir.Xor(F32(fs1), _ir.And(F32(fs2), _ir.Constant(Sign32))));

    private partial void FminS(FRegister fd, FRegister fs1, FRegister fs2) => SetF32(fd, _ir.FloatMin(F32(fs1), F32(fs2), 4));

    private partial void FmaxS(FRegister fd, FRegister fs1, FRegister fs2) => SetF32(fd, _ir.FloatMax(F32(fs1), F32(fs2), 4));

    private partial void FleS(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessEqual(F32(fs1), F32(fs2), 4));

    private partial void FltS(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLess(F32(fs1), F32(fs2), 4));

    private partial void FeqS(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatEqual(F32(fs1), F32(fs2), 4));

    private partial void FclassS(XRegister rd, FRegister fs1) => SetX(rd, _ir.FloatClass(F32(fs1), 4));

    // Moves take the bits as they are, boxed or not: Unpriv. ISA 21.2.
    private partial void FmvXW(XRegister rd, FRegister fs1) => SetX(rd, _ir.SignExtend32(F64(fs1)));

    private partial void FmvWX(FRegister fd, XRegister rs1) => SetF32(fd, X(rs1));

    private partial void FcvtWS(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToInt32(F32(fs1), 4, flags));
    }

    private partial void FcvtWuS(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToUInt32(F32(fs1), 4, flags));
    }

    private partial void FcvtLS(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToInt64(F32(fs1), 4, flags));
    }

    private partial void FcvtLuS(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToUInt64(F32(fs1), 4, flags));
    }

    private partial void FcvtSW(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatFromInt32(X(rs1), 4, flags));
    }

    private partial void FcvtSWu(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatFromUInt32(X(rs1), 4, flags));
    }

    private partial void FcvtSL(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatFromInt64(X(rs1), 4, flags));
    }

    private partial void FcvtSLu(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatFromUInt64(X(rs1), 4, flags));
    }
}
