using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA 2.6 and 4.3: load and store instructions. Misaligned accesses work, as Linux promises programs.
internal ref partial struct InstructionSemantics
{
    private partial void Lb(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Load(X(rs1), imm, 1, IrFlags.Signed));

    private partial void Lh(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Load(X(rs1), imm, 2, IrFlags.Signed));

    private partial void Lw(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Load(X(rs1), imm, 4, IrFlags.Signed));

    private partial void Ld(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Load(X(rs1), imm, 8));

    private partial void Lbu(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Load(X(rs1), imm, 1));

    private partial void Lhu(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Load(X(rs1), imm, 2));

    private partial void Lwu(XRegister rd, XRegister rs1, int imm) => SetX(rd, _ir.Load(X(rs1), imm, 4));

    private partial void Sb(XRegister rs2, XRegister rs1, int imm) => _ir.Store(X(rs1), X(rs2), imm, 1);

    private partial void Sh(XRegister rs2, XRegister rs1, int imm) => _ir.Store(X(rs1), X(rs2), imm, 2);

    private partial void Sw(XRegister rs2, XRegister rs1, int imm) => _ir.Store(X(rs1), X(rs2), imm, 4);

    private partial void Sd(XRegister rs2, XRegister rs1, int imm) => _ir.Store(X(rs1), X(rs2), imm, 8);
}
