using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapter 26: additional floating-point instructions.
internal ref partial struct InstructionSemantics
{
    private partial void FliS(FRegister fd, uint index) => SetF32(fd, _ir.Constant(FloatConstants.Single(index)));

    private partial void FliD(FRegister fd, uint index) => SetF64(fd, _ir.Constant(FloatConstants.Double(index)));

    private partial void FliH(FRegister fd, uint index) => SetF16(fd, _ir.Constant(FloatConstants.Half(index)));

    private partial void FcvtmodWD(XRegister rd, FRegister fs1) => SetX(rd, _ir.FloatToInt32Modular(F64(fs1), 8, (IrFlags)IrRounding.TowardZero));

    private partial void FminmS(FRegister fd, FRegister fs1, FRegister fs2) => SetF32(fd, _ir.FloatMinimum(F32(fs1), F32(fs2), 4));

    private partial void FmaxmS(FRegister fd, FRegister fs1, FRegister fs2) => SetF32(fd, _ir.FloatMaximum(F32(fs1), F32(fs2), 4));

    private partial void FroundS(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatRound(F32(fs1), 4, flags));
    }

    private partial void FroundnxS(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF32(fd, _ir.FloatRoundExact(F32(fs1), 4, flags));
    }

    private partial void FleqS(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessEqualQuiet(F32(fs1), F32(fs2), 4));

    private partial void FltqS(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessQuiet(F32(fs1), F32(fs2), 4));

    private partial void FminmD(FRegister fd, FRegister fs1, FRegister fs2) => SetF64(fd, _ir.FloatMinimum(F64(fs1), F64(fs2), 8));

    private partial void FmaxmD(FRegister fd, FRegister fs1, FRegister fs2) => SetF64(fd, _ir.FloatMaximum(F64(fs1), F64(fs2), 8));

    private partial void FroundD(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatRound(F64(fs1), 8, flags));
    }

    private partial void FroundnxD(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF64(fd, _ir.FloatRoundExact(F64(fs1), 8, flags));
    }

    private partial void FleqD(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessEqualQuiet(F64(fs1), F64(fs2), 8));

    private partial void FltqD(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessQuiet(F64(fs1), F64(fs2), 8));

    private partial void FminmH(FRegister fd, FRegister fs1, FRegister fs2) => SetF16(fd, _ir.FloatMinimum(F16(fs1), F16(fs2), 2));

    private partial void FmaxmH(FRegister fd, FRegister fs1, FRegister fs2) => SetF16(fd, _ir.FloatMaximum(F16(fs1), F16(fs2), 2));

    private partial void FroundH(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatRound(F16(fs1), 2, flags));
    }

    private partial void FroundnxH(FRegister fd, FRegister fs1, uint rm)
    {
        if (TryRounding(rm, out var flags))
            SetF16(fd, _ir.FloatRoundExact(F16(fs1), 2, flags));
    }

    private partial void FleqH(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessEqualQuiet(F16(fs1), F16(fs2), 2));

    private partial void FltqH(XRegister rd, FRegister fs1, FRegister fs2) => SetX(rd, _ir.FloatLessQuiet(F16(fs1), F16(fs2), 2));
}
