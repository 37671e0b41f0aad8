using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapter 30: Zba, Zbb, Zbc, Zbs and Zbkb.
internal ref partial struct InstructionSemantics
{
    // 30.4.1: address generation.
    private partial void Sh1add(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.ScaledAdd2(X(rs1), X(rs2)));

    private partial void Sh2add(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.ScaledAdd4(X(rs1), X(rs2)));

    private partial void Sh3add(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.ScaledAdd8(X(rs1), X(rs2)));

    private partial void AddUw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Add(_ir.ZeroExtend32(X(rs1)), X(rs2)));

    private partial void Sh1addUw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.ScaledAdd2(_ir.ZeroExtend32(X(rs1)), X(rs2)));

    private partial void Sh2addUw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.ScaledAdd4(_ir.ZeroExtend32(X(rs1)), X(rs2)));

    private partial void Sh3addUw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.ScaledAdd8(_ir.ZeroExtend32(X(rs1)), X(rs2)));

    private partial void SlliUw(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Shl(_ir.ZeroExtend32(X(rs1)), Imm(shamt)));

    // 30.4.2: basic bit manipulation.
    private partial void Andn(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.AndNot(X(rs1), X(rs2)));

    private partial void Orn(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Or(X(rs1), Not(X(rs2))));

    private partial void Xnor(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, Not(_ir.Xor(X(rs1), X(rs2))));

    private partial void Clz(XRegister rd, XRegister rs1) => SetX(rd, _ir.CountLeadingZeros(X(rs1)));

    private partial void Clzw(XRegister rd, XRegister rs1) => SetX(rd, _ir.Add(_ir.CountLeadingZeros(_ir.ZeroExtend32(X(rs1))), Imm(-32)));

    private partial void Ctz(XRegister rd, XRegister rs1) => SetX(rd, _ir.CountTrailingZeros(X(rs1)));

    // A bit behind the word ends the count at 32.
    private partial void Ctzw(XRegister rd, XRegister rs1) => SetX(rd, _ir.CountTrailingZeros(_ir.Or(X(rs1), Imm(1L << 32))));

    private partial void Cpop(XRegister rd, XRegister rs1) => SetX(rd, _ir.PopCount(X(rs1)));

    private partial void Cpopw(XRegister rd, XRegister rs1) => SetX(rd, _ir.PopCount(_ir.ZeroExtend32(X(rs1))));

    private partial void Max(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.MaxSigned(X(rs1), X(rs2)));

    private partial void Maxu(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.MaxUnsigned(X(rs1), X(rs2)));

    private partial void Min(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.MinSigned(X(rs1), X(rs2)));

    private partial void Minu(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.MinUnsigned(X(rs1), X(rs2)));

    private partial void SextB(XRegister rd, XRegister rs1) => SetX(rd, _ir.SignExtend8(X(rs1)));

    private partial void SextH(XRegister rd, XRegister rs1) => SetX(rd, _ir.SignExtend16(X(rs1)));

    private partial void ZextH(XRegister rd, XRegister rs1) => SetX(rd, _ir.ZeroExtend16(X(rs1)));

    private partial void Rol(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.RotateRight(X(rs1), _ir.Sub(Imm(0), X(rs2))));

    private partial void Rolw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.RotateRight32(X(rs1), _ir.Sub(Imm(0), X(rs2))));

    private partial void Ror(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.RotateRight(X(rs1), X(rs2)));

    private partial void Rori(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.RotateRight(X(rs1), Imm(shamt)));

    private partial void Roriw(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.RotateRight32(X(rs1), Imm(shamt)));

    private partial void Rorw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.RotateRight32(X(rs1), X(rs2)));

    private partial void OrcB(XRegister rd, XRegister rs1) => SetX(rd, _ir.FillNonZeroBytes(X(rs1)));

    private partial void Rev8(XRegister rd, XRegister rs1) => SetX(rd, _ir.ByteSwap(X(rs1)));

    // 30.4.3: carry-less multiplication. clmulr has the bits from 63 up, clmulh those from 64 up.
    private partial void Clmul(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.CarrylessMul(X(rs1), X(rs2)));

    private partial void Clmulh(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.CarrylessMulHigh(X(rs1), X(rs2)));

    private partial void Clmulr(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Or(
        _ir.Shl(_ir.CarrylessMulHigh(X(rs1), X(rs2)), Imm(1)), _ir.Shr(_ir.CarrylessMul(X(rs1), X(rs2)), Imm(63))));

    // 30.4.4: bit manipulation for cryptography.
    private partial void Pack(XRegister rd, XRegister rs1, XRegister rs2) =>
        SetX(rd, _ir.Or(_ir.ZeroExtend32(X(rs1)), _ir.Shl(X(rs2), Imm(32))));

    private partial void Packh(XRegister rd, XRegister rs1, XRegister rs2) =>
        SetX(rd, _ir.Or(_ir.ZeroExtend8(X(rs1)), _ir.Shl(_ir.ZeroExtend8(X(rs2)), Imm(8))));

    private partial void Packw(XRegister rd, XRegister rs1, XRegister rs2) =>
        SetX(rd, _ir.SignExtend32(_ir.Or(_ir.ZeroExtend16(X(rs1)), _ir.Shl(X(rs2), Imm(16)))));

    private partial void Brev8(XRegister rd, XRegister rs1) => SetX(rd, _ir.ReverseBitsInBytes(X(rs1)));

    // 30.4.5: single bits. The number counts modulo 64, as a shift's amount does.
    private partial void Bclr(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.AndNot(X(rs1), _ir.Shl(Imm(1), X(rs2))));

    private partial void Bclri(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.And(X(rs1), Imm(~(1L << (int)shamt))));

    private partial void Bext(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.And(_ir.Shr(X(rs1), X(rs2)), Imm(1)));

    private partial void Bexti(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.And(_ir.Shr(X(rs1), Imm(shamt)), Imm(1)));

    private partial void Binv(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Xor(X(rs1), _ir.Shl(Imm(1), X(rs2))));

    private partial void Binvi(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Xor(X(rs1), Imm(1L << (int)shamt)));

    private partial void Bset(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Or(X(rs1), _ir.Shl(Imm(1), X(rs2))));

    private partial void Bseti(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Or(X(rs1), Imm(1L << (int)shamt)));

    private readonly IrValue Not(IrValue value) => _ir.Xor(value, Imm(-1));
}
