using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapter 13: integer multiplication and division; the IR's division has the values that table 13.2 gives.
internal ref partial struct InstructionSemantics
{
    private partial void Mul(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Mul(X(rs1), X(rs2)));

    private partial void Mulh(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.MulHighSigned(X(rs1), X(rs2)));

    private partial void Mulhsu(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.MulHighSignedUnsigned(X(rs1), X(rs2)));

    private partial void Mulhu(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.MulHighUnsigned(X(rs1), X(rs2)));

    private partial void Div(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.DivSigned(X(rs1), X(rs2)));

    private partial void Divu(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.DivUnsigned(X(rs1), X(rs2)));

    private partial void Rem(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.RemSigned(X(rs1), X(rs2)));

    private partial void Remu(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.RemUnsigned(X(rs1), X(rs2)));

    private partial void Mulw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Mul32(X(rs1), X(rs2)));

    private partial void Divw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.DivSigned32(X(rs1), X(rs2)));

    private partial void Divuw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.DivUnsigned32(X(rs1), X(rs2)));

    private partial void Remw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.RemSigned32(X(rs1), X(rs2)));

    private partial void Remuw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.RemUnsigned32(X(rs1), X(rs2)));
}
