using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapters 11 and 12: may-be-operations and integer conditional operations.
internal ref partial struct InstructionSemantics
{
    private partial void CzeroEqz(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Select(X(rs2), X(rs1), Imm(0)));

    private partial void CzeroNez(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Select(X(rs2), Imm(0), X(rs1)));

    private partial void MopR(uint mop, XRegister rd, XRegister rs1) => SetX(rd, Imm(0));

    private partial void MopRr(uint mop, XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, Imm(0));
}
