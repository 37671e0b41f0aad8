using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA 2.4 and 4.2: integer computational instructions.
internal ref partial struct InstructionSemantics
{
    private partial void Lui(XRegister rd, int upper) => SetX(rd, Imm(upper));

    private partial void Auipc(XRegister rd, int upper) => SetX(rd, _ir.Constant(_pc + (ulong)upper));

    private partial void Addi(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Add(X(rs1), Imm(imm)));

    private partial void Slti(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.SetLessSigned(X(rs1), Imm(imm)));

    private partial void Sltiu(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.SetLessUnsigned(X(rs1), Imm(imm)));

    private partial void Xori(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Xor(X(rs1), Imm(imm)));

    private partial void Ori(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Or(X(rs1), Imm(imm)));

    private partial void Andi(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.And(X(rs1), Imm(imm)));

    private partial void Slli(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Shl(X(rs1), Imm(shamt)));

    private partial void Srli(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Shr(X(rs1), Imm(shamt)));

    private partial void Srai(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Sar(X(rs1), Imm(shamt)));

    private partial void Add(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Add(X(rs1), X(rs2)));

    private partial void Sub(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Sub(X(rs1), X(rs2)));

    private partial void Sll(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Shl(X(rs1), X(rs2)));

    private partial void Slt(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.SetLessSigned(X(rs1), X(rs2)));

    private partial void Sltu(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.SetLessUnsigned(X(rs1), X(rs2)));

    private partial void Xor(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Xor(X(rs1), X(rs2)));

    private partial void Srl(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Shr(X(rs1), X(rs2)));

    private partial void Sra(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Sar(X(rs1), X(rs2)));

    private partial void Or(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Or(X(rs1), X(rs2)));

    private partial void And(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.And(X(rs1), X(rs2)));

    private partial void Addiw(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Add32(X(rs1), Imm(imm)));

    private partial void Slliw(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Shl32(X(rs1), Imm(shamt)));

    private partial void Srliw(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Shr32(X(rs1), Imm(shamt)));

    private partial void Sraiw(XRegister rd, XRegister rs1, uint shamt) => SetX(rd, _ir.Sar32(X(rs1), Imm(shamt)));

    private partial void Addw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Add32(X(rs1), X(rs2)));

    private partial void Subw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Sub32(X(rs1), X(rs2)));

    private partial void Sllw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Shl32(X(rs1), X(rs2)));

    private partial void Srlw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Shr32(X(rs1), X(rs2)));

    private partial void Sraw(XRegister rd, XRegister rs1, XRegister rs2) => SetX(rd, _ir.Sar32(X(rs1), X(rs2)));
}
