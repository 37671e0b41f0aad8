using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapter 24: half-precision floating point.
internal ref partial struct InstructionSemantics
{
    private partial void Flh(FRegister fd, XRegister rs1, int imm) => SetF16(fd, _ir.Load(X(rs1), imm, 2));

    private partial void Fsh(FRegister fs2, XRegister rs1, int imm) => _ir.Store(X(rs1), F64(fs2), imm, 2);

    private partial void FmvXH(XRegister rd, FRegister fs1) => SetX(rd, _ir.SignExtend16(F64(fs1)));

    private partial void FmvHX(FRegister fd, XRegister rs1) => SetF16(fd, X(rs1));

    private partial void FcvtSH(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatFromHalf(F16(fs1), 4, flags));
    }

    private partial void FcvtHS(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatToHalf(F32(fs1), 4, flags));
    }

    private partial void FcvtDH(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatFromHalf(F16(fs1), 8, flags));
    }

    private partial void FcvtHD(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatToHalf(F64(fs1), 8, flags));
    }

    private partial void FmaddH(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatMulAdd(F16(fs1), F16(fs2), F16(fs3), 2, flags));
    }

    private partial void FmsubH(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatMulAdd(F16(fs1), F16(fs2), Negate(F16(fs3), Sign16), 2, flags));
    }

    private partial void FnmsubH(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatMulAdd(Negate(F16(fs1), Sign16), F16(fs2), F16(fs3), 2, flags));
    }

    private partial void FnmaddH(FRegister fd, FRegister fs1, FRegister fs2, FRegister fs3, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatMulAdd(Negate(F16(fs1), Sign16), F16(fs2), Negate(F16(fs3), Sign16), 2, flags));
    }

    private partial void FaddH(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatAdd(F16(fs1), F16(fs2), 2, flags));
    }

    private partial void FsubH(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatSub(F16(fs1), F16(fs2), 2, flags));
    }

    private partial void FmulH(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatMul(F16(fs1), F16(fs2), 2, flags));
    }

    private partial void FdivH(FRegister fd, FRegister fs1, FRegister fs2, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatDiv(F16(fs1), F16(fs2), 2, flags));
    }

    private partial void FsqrtH(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatSqrt(F16(fs1), 2, flags));
    }

    private partial void FsgnjH(FRegister fd, FRegister fs1, FRegister fs2) => SetF16(fd, fs1 == fs2 ? F16(fs1) : WithSign(F16(fs1), F16(fs2), Sign16));

    private partial void FsgnjnH(FRegister fd, FRegister fs1, FRegister fs2) => SetF16(fd, fs1 == fs2
        ? Negate(F16(fs1), Sign16)
        : WithSign(F16(fs1), Negate(F16(fs2), Sign16), Sign16));

    private partial void FsgnjxH(FRegister fd, FRegister fs1, FRegister fs2) => SetF16(fd, fs1 == fs2
        ? _ir.And(F16(fs1), _ir.Constant(Sign16 - 1))
        : _ir.Xor(F16(fs1), _ir.And(F16(fs2), _ir.Constant(Sign16))));

    private partial void FminH(FRegister fd, FRegister fs1, FRegister fs2) => SetF16(fd, _ir.FloatMin(F16(fs1), F16(fs2), 2));

    private partial void FmaxH(FRegister fd, FRegister fs1, FRegister fs2) => SetF16(fd, _ir.FloatMax(F16(fs1), F16(fs2), 2));

    private partial void FleH(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessEqual(F16(fs1), F16(fs2), 2));

    private partial void FltH(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLess(F16(fs1), F16(fs2), 2));

    private partial void FeqH(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatEqual(F16(fs1), F16(fs2), 2));

    private partial void FclassH(XRegister rd, FRegister fs1) => SetX(rd, _ir.FloatClass(F16(fs1), 2));

    private partial void FcvtWH(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToInt32(F16(fs1), 2, flags));
    }

    private partial void FcvtWuH(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToUInt32(F16(fs1), 2, flags));
    }

    private partial void FcvtLH(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToInt64(F16(fs1), 2, flags));
    }

    private partial void FcvtLuH(XRegister rd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetX(rd, _ir.FloatToUInt64(F16(fs1), 2, flags));
    }

    private partial void FcvtHW(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatFromInt32(X(rs1), 2, flags));
    }

    private partial void FcvtHWu(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatFromUInt32(X(rs1), 2, flags));
    }

    private partial void FcvtHL(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatFromInt64(X(rs1), 2, flags));
    }

    private partial void FcvtHLu(FRegister fd, XRegister rs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatFromUInt64(X(rs1), 2, flags));
    }
}
