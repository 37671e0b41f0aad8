using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA 2.5: control transfer instructions. With the C extension every even address is a legal target (28.1), and offsets are even.
internal ref partial struct InstructionSemantics
{
    private partial void Jal(XRegister rd, int offset)
    {
        SetX(rd, _ir.Constant(NextPc));
        _ir.Jump((long)_pc + offset);
        Ended = true;
    }

    private partial void Jalr(XRegister rd, XRegister rs1, int imm)
    {
        // rd may be rs1: the target is computed before the link is written.
        var target = _ir.And(_ir.Add(X(rs1), Imm(imm)), Imm(~1L));
        SetX(rd, _ir.Constant(NextPc));
        _ir.JumpIndirect(target);
        Ended = true;
    }

    private partial void Beq(XRegister rs1, XRegister rs2, int offset) => Branch(IrCondition.Equal, rs1, rs2, offset);

    private partial void Bne(XRegister rs1, XRegister rs2, int offset) => Branch(IrCondition.NotEqual, rs1, rs2, offset);

    private partial void Blt(XRegister rs1, XRegister rs2, int offset) => Branch(IrCondition.LessSigned, rs1, rs2, offset);

    private partial void Bge(XRegister rs1, XRegister rs2, int offset) => Branch(IrCondition.GreaterEqualSigned, rs1, rs2, offset);

    private partial void Bltu(XRegister rs1, XRegister rs2, int offset) => Branch(IrCondition.LessUnsigned, rs1, rs2, offset);

    private partial void Bgeu(XRegister rs1, XRegister rs2, int offset) => Branch(IrCondition.GreaterEqualUnsigned, rs1, rs2, offset);

    private void Branch(IrCondition condition, XRegister rs1, XRegister rs2, int offset)
    {
        _ir.Branch(condition, X(rs1), X(rs2), _pc + (ulong)offset);
        Ended = true;
    }
}
