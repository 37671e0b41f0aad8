using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapter 21: double-precision floating point.
internal ref partial struct InstructionSemantics
{
    private partial void Fld(FRegister fd, XRegister rs1, int imm) => SetF64(fd, _ir.Load(X(rs1), imm, 8));

    private partial void Fsd(FRegister fs2, XRegister rs1, int imm) => _ir.Store(X(rs1), F64(fs2), imm, 8);

    private partial void FmaddD(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatMulAdd(F64(fs1), F64(fs2), F64(fs3), 8, flags));
    }

    private partial void FmsubD(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatMulAdd(F64(fs1), F64(fs2), Negate(F64(fs3), Sign64), 8, flags));
    }

    private partial void FnmsubD(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatMulAdd(Negate(F64(fs1), Sign64), F64(fs2), F64(fs3), 8, flags));
    }

    private partial void FnmaddD(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatMulAdd(Negate(F64(fs1), Sign64), F64(fs2), Negate(F64(fs3), Sign64), 8, flags));
    }

    private partial void FaddD(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatAdd(F64(fs1), F64(fs2), 8, flags));
    }

    private partial void FsubD(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatSub(F64(fs1), F64(fs2), 8, flags));
    }

    private partial void FmulD(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatMul(F64(fs1), F64(fs2), 8, flags));
    }

    private partial void FdivD(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatDiv(F64(fs1), F64(fs2), 8, flags));
    }

    private partial void FsqrtD(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatSqrt(F64(fs1), 8, flags));
    }

    private partial void FsgnjD(FRegister fd, FRegister fs1, FRegister fs2) => SetF64(fd, fs1 == fs2 ? F64(fs1) : WithSign(F64(fs1), F64(fs2), Sign64));

    private partial void FsgnjnD(FRegister fd, FRegister fs1, FRegister fs2) => SetF64(fd, fs1 == fs2
        ? Negate(F64(fs1), Sign64)
        : WithSign(F64(fs1), Negate(F64(fs2), Sign64), Sign64));

    private partial void FsgnjxD(FRegister fd, FRegister fs1, FRegister fs2) => SetF64(fd, fs1 == fs2
        ? _ir.And(F64(fs1), _ir.Constant(Sign64 - 1))
        : _ir.Xor(F64(fs1), _ir.And(F64(fs2), _ir.Constant(Sign64))));

    private partial void FminD(FRegister fd, FRegister fs1, FRegister fs2) => SetF64(fd, _ir.FloatMin(F64(fs1), F64(fs2), 8));

    private partial void FmaxD(FRegister fd, FRegister fs1, FRegister fs2) => SetF64(fd, _ir.FloatMax(F64(fs1), F64(fs2), 8));

    private partial void FleD(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessEqual(F64(fs1), F64(fs2), 8));

    private partial void FltD(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLess(F64(fs1), F64(fs2), 8));

    private partial void FeqD(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatEqual(F64(fs1), F64(fs2), 8));

    private partial void FclassD(XRegister rd, FRegister fs1) => SetX(rd, _ir.FloatClass(F64(fs1), 8));

    private partial void FmvXD(XRegister rd, FRegister fs1) => SetX(rd, F64(fs1));

    private partial void FmvDX(FRegister fd, XRegister rs1) => SetF64(fd, X(rs1));

    private partial void FcvtWD(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToInt32(F64(fs1), 8, flags));
    }

    private partial void FcvtWuD(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToUInt32(F64(fs1), 8, flags));
    }

    private partial void FcvtLD(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToInt64(F64(fs1), 8, flags));
    }

    private partial void FcvtLuD(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToUInt64(F64(fs1), 8, flags));
    }

    private partial void FcvtDW(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatFromInt32(X(rs1), 8, flags));
    }

    private partial void FcvtDWu(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatFromUInt32(X(rs1), 8, flags));
    }

    private partial void FcvtDL(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatFromInt64(X(rs1), 8, flags));
    }

    private partial void FcvtDLu(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatFromUInt64(X(rs1), 8, flags));
    }

    private partial void FcvtSD(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatNarrow(F64(fs1), flags));
    }

    private partial void FcvtDS(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatWiden(F32(fs1), flags));
    }
}
