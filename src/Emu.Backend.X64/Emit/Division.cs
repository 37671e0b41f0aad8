using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// What rax and rdx are bound to on the host: division, high halves of products.
internal sealed unsafe partial class X64Emitter
{
    private void EmitDivision(in IrInsn insn, bool wide)
    {
        var signed = insn.Op is IrOp.DivSigned or IrOp.RemSigned or IrOp.DivSigned32 or IrOp.RemSigned32;
        var remainder = insn.Op is IrOp.RemSigned or IrOp.RemUnsigned or IrOp.RemSigned32 or IrOp.RemUnsigned32;
        var divisor = AwayFromRaxAndRdx(Of(insn.B), StateWords.Scratch);
        MoveTo(Reg.Rax, Of(insn.A), wide);
        CompareWith(divisor, 0, wide);
        var zero = AddCold(remainder ? ColdKind.RemainderByZero : ColdKind.QuotientByZero, _asm.Jcc(Cond.Equal));
        var minusOne = -1;
        if (signed)
        {
            CompareWith(divisor, -1, wide);
            minusOne = AddCold(remainder ? ColdKind.RemainderByMinusOne : ColdKind.QuotientByMinusOne, _asm.Jcc(Cond.Equal));
            _asm.SignIntoRdx(wide);
        }
        else
        {
            _asm.Op(Alu.Xor, Reg.Rdx, Reg.Rdx, wide: false);
        }

        if (divisor.IsState)
            _asm.Div(divisor.Mem, signed, wide);
        else
            _asm.Div(divisor.General, signed, wide);
        ReturnsHere(zero, wide);
        if (minusOne >= 0)
            ReturnsHere(minusOne, wide);
        FinishFrom(insn.Dst, remainder ? Reg.Rdx : Reg.Rax, wide);
    }

    private void CompareWith(Place value, int constant, bool wide)
    {
        if (value.IsState)
            _asm.Op(Alu.Cmp, value.Mem, constant, wide);
        else if (constant == 0)
            _asm.Test(value.General, value.General, wide);
        else
            _asm.Op(Alu.Cmp, value.General, constant, wide);
    }

    private void EmitMulHigh(in IrInsn insn)
    {
        var (a, b) = (Of(insn.A), AwayFromRaxAndRdx(Of(insn.B), StateWords.Scratch));
        var mixed = insn.Op == IrOp.MulHighSignedUnsigned;
        if (mixed)
            a = AwayFromRaxAndRdx(a, StateWords.OtherScratch);
        MoveTo(Reg.Rax, a);
        if (b.IsState)
            _asm.MulWide(b.Mem, insn.Op == IrOp.MulHighSigned);
        else
            _asm.MulWide(b.General, insn.Op == IrOp.MulHighSigned);
        if (mixed)
        {
            // A negative a counted as 2^64 too much.
            MoveTo(Reg.Rax, a);
            _asm.ShiftBy(Shift.RightArithmetic, Reg.Rax, 63);
            Apply(Alu.And, Reg.Rax, b, wide: true);
            _asm.Op(Alu.Sub, Reg.Rdx, Reg.Rax);
        }

        FinishFrom(insn.Dst, Reg.Rdx, wide: true);
    }

    /// <summary>A result that is in a given register; of 32 bits, it is sign-extended.</summary>
    private void FinishFrom(IrValue destination, Reg register, bool wide)
    {
        var target = Target(destination);
        var result = target.IsGeneral ? target.General : register;
        if (!wide && _demand.SeesUpperHalf(_index))
            _asm.Extend(result, register, 4, signed: true);
        else
            _asm.Mov(result, register);
        Finish(target, result);
    }

    /// <summary>The value where rax and rdx may change: a pinned register or the state block.</summary>
    private Place AwayFromRaxAndRdx(Place value, int scratch)
    {
        if (value.IsState || (value.IsGeneral && !value.Is(Reg.Rax)))
            return value;
        var place = Place.In(scratch);
        if (value.IsImmediate)
            _asm.Mov(place.Mem, (int)value.Value);
        else
            _asm.Mov(place.Mem, ToRegister(value, Reg.Rdx));
        return place;
    }
}
