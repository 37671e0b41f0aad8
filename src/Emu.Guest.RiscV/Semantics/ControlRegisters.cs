using Emu.Ir;

namespace Emu.Guest.RiscV;

// Unpriv. ISA chapter 6: control and status register instructions. What a register holds is in its Read and Write methods, one pair for
// each row of csrs.isa that says so; any other register, and a write to one that cannot be written, is an illegal instruction.
internal ref partial struct InstructionSemantics
{
    private partial void Csrrw(XRegister rd, uint csr, XRegister rs1) => Exchange(rd, csr, X(rs1));

    private partial void Csrrwi(XRegister rd, uint csr, uint uimm) => Exchange(rd, csr, Imm(uimm));

    private partial void Csrrs(XRegister rd, uint csr, XRegister rs1) => Modify(rd, csr, X(rs1), rs1 != XRegister.Zero, set: true);

    private partial void Csrrsi(XRegister rd, uint csr, uint uimm) => Modify(rd, csr, Imm(uimm), uimm != 0, set: true);

    private partial void Csrrc(XRegister rd, uint csr, XRegister rs1) => Modify(rd, csr, X(rs1), rs1 != XRegister.Zero, set: false);

    private partial void Csrrci(XRegister rd, uint csr, uint uimm) => Modify(rd, csr, Imm(uimm), uimm != 0, set: false);

    private void Exchange(XRegister rd, uint csr, IrValue value)
    {
        if (!CsrAccess.CanWrite(csr) || !_cpu.HasAll(CsrAccess.Requires(csr)))
        {
            Illegal(_bits);
            return;
        }

        // Without a destination the register is not read: table 6.1.
        var old = rd == XRegister.Zero ? IrValue.None : ReadCsr(csr);
        WriteCsr(csr, value);
        if (!old.IsNone)
            SetX(rd, old);
    }

    private void Modify(XRegister rd, uint csr, IrValue bits, bool writes, bool set)
    {
        if (!(writes ? CsrAccess.CanWrite(csr) : CsrAccess.CanRead(csr)) || !_cpu.HasAll(CsrAccess.Requires(csr)))
        {
            Illegal(_bits);
            return;
        }

        var old = ReadCsr(csr);
        if (writes)
            WriteCsr(csr, set ? _ir.Or(old, bits) : _ir.And(old, _ir.Xor(bits, Imm(-1))));
        SetX(rd, old);
    }

    // 20.2: the floating-point control and status register.
    private partial IrValue ReadFflags() => CallHelper(CsrHelpers.ReadFflags);

    private partial void WriteFflags(IrValue value) => CallHelper(CsrHelpers.WriteFflags, value);

    private partial IrValue ReadFrm() => CallHelper(CsrHelpers.ReadFrm);

    private partial void WriteFrm(IrValue value) => CallHelper(CsrHelpers.WriteFrm, value);

    private partial IrValue ReadFcsr() => CallHelper(CsrHelpers.ReadFcsr);

    private partial void WriteFcsr(IrValue value) => CallHelper(CsrHelpers.WriteFcsr, value);

    // Chapter 8: base counters and timers.
    private partial IrValue ReadCycle() => CallHelper(CsrHelpers.ReadCycle);

    private partial IrValue ReadTime() => CallHelper(CsrHelpers.ReadTime);

    private partial IrValue ReadInstret() => CallHelper(CsrHelpers.ReadInstret);

    private readonly IrValue CallHelper(int helper, IrValue a = default) =>
        _ir.CallHelper(a.IsNone ? _ir.Constant(0UL) : a, _ir.Constant(0UL), helper);
}
