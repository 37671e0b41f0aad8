using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// Floating point by the host's vector unit: MXCSR holds the guest's rounding mode and gathers its flags. What the host does differently (the bits of NaNs, conversions out
// of range, rounding to nearest away from zero, modes that do not exist) goes to cold code.
internal sealed unsafe partial class X64Emitter
{
    /// <summary>Free within an op, as is <see cref="Second"/>.</summary>
    private const Xmm First = Xmm.Xmm14;

    private const Xmm Second = Xmm.Xmm15;

    private void EmitFloat(in IrInsn insn)
    {
        var rounding = (IrRounding)insn.Flags;
        switch (insn.Op)
        {
            case IrOp.NanBox: EmitNanBox(insn); break;
            case IrOp.NanUnbox: EmitNanUnbox(insn); break;
            case IrOp.FloatEqual or IrOp.FloatLess or IrOp.FloatLessEqual when rounding != IrRounding.Dynamic: EmitFloatCompare(insn); break;
            case IrOp.FloatToInt32 or IrOp.FloatToInt64 when rounding is IrRounding.TowardZero or IrRounding.Dynamic: EmitToInteger(insn); break;
            case IrOp.FloatWiden or IrOp.FloatFromInt32 or IrOp.FloatFromUInt32 when rounding == IrRounding.Dynamic || IsExact(insn): EmitConversion(insn); break;
            case IrOp.FloatNarrow or IrOp.FloatFromInt64 when rounding == IrRounding.Dynamic: EmitConversion(insn); break;
            case IrOp.FloatAdd when rounding == IrRounding.Dynamic: EmitFloatBinary(insn, Fp.Add); break;
            case IrOp.FloatSub when rounding == IrRounding.Dynamic: EmitFloatBinary(insn, Fp.Sub); break;
            case IrOp.FloatMul when rounding == IrRounding.Dynamic: EmitFloatBinary(insn, Fp.Mul); break;
            case IrOp.FloatDiv when rounding == IrRounding.Dynamic: EmitFloatBinary(insn, Fp.Div); break;
            case IrOp.FloatSqrt when rounding == IrRounding.Dynamic: EmitFloatBinary(insn, Fp.Sqrt); break;
            case IrOp.FloatMulAdd when rounding == IrRounding.Dynamic && Has(HostFeature.Fma): EmitMulAdd(insn); break;
            case IrOp.FloatMin or IrOp.FloatMax: EmitMinMax(insn); break;
            case IrOp.FloatToUInt32 or IrOp.FloatToUInt64 when rounding == IrRounding.TowardZero: EmitToUnsigned(insn); break;
            case IrOp.FloatFromUInt64 when rounding == IrRounding.Dynamic: EmitFromUInt64(insn); break;
            default: EmitSlow(insn); break;
        }
    }

    /// <summary>True if the result has all bits of the operand, so that a static rounding mode is as good as the one that is set.</summary>
    private static bool IsExact(in IrInsn insn) => insn.Op == IrOp.FloatWiden || insn.Size == 8;

    private void EmitFloatBinary(in IrInsn insn, Fp op)
    {
        var wide = insn.Size == 8;
        var slow = BeginRounded(insn);
        var a = ToVector(Of(insn.A), First, wide);
        var b = op == Fp.Sqrt ? a : ToVector(Of(insn.B), Second, wide);
        var target = FloatTarget(insn.Dst, wide);
        var result = target.IsVector && target.IsNarrow == !wide ? target.Vector : First;
        _asm.Op(op, result, a, b, wide);
        ReplaceNaN(result, wide);
        FinishFloat(target, result, wide);
        EndRounded(slow, target);
    }

    /// <summary>The operands stay whole until the result is known to be a number: infinity times zero plus a NaN is invalid for the guest, but not for the host.</summary>
    private void EmitMulAdd(in IrInsn insn)
    {
        var wide = insn.Size == 8;
        var (a, b) = (Of(insn.A), Of(insn.B));
        if (b.IsVector || a.IsState)
            (a, b) = (b, a);
        if (!a.IsVector && !b.IsState)
        {
            // Three values and two free registers.
            EmitSlow(insn);
            return;
        }

        var slow = BeginRounded(insn);
        LoadVector(Second, Of(insn.C), wide);
        if (b.IsState)
            _asm.Op(Fma.Add, Second, ToVector(a, First, wide), b.Mem, wide);
        else
            _asm.Op(Fma.Add, Second, a.Vector, ToVector(b, First, wide), wide);
        _asm.Comis(Second, Second, wide, quiet: true);
        var notANumber = AddCold(ColdKind.SlowFloat, _asm.Jcc(Cond.Parity));
        var target = FloatTarget(insn.Dst, wide);
        FinishFloat(target, Second, wide);
        EndRounded(slow, target);
        ShareSlow(notANumber, slow);
    }

    private void EmitFloatCompare(in IrInsn insn)
    {
        var wide = insn.Size == 8;
        var (a, b) = (ToVector(Of(insn.A), First, wide), ToVector(Of(insn.B), Second, wide));
        if (insn.Op == IrOp.FloatEqual)
        {
            _asm.CmpEqual(First, a, b, wide);
            var target = Target(insn.Dst);
            var result = WorkingRegister(target);
            _asm.Mov(result, First, wide: false);
            _asm.Op(Alu.And, result, 1, wide: false);
            Finish(target, result);
            return;
        }

        // b above a: false if they cannot be compared, as carry is set then.
        _asm.Comis(b, a, wide, quiet: false);
        var place = Target(insn.Dst);
        var register = WorkingRegister(place);
        _asm.Set(insn.Op == IrOp.FloatLess ? Cond.Above : Cond.AboveEqual, Reg.Rax);
        _asm.Extend(register, Reg.Rax, 1, signed: false);
        Finish(place, register);
    }

    /// <summary>What does not fit gives the most negative integer, which may also be right: cold code finds out. The host has signalled just what the guest has to see.</summary>
    private void EmitToInteger(in IrInsn insn)
    {
        var (wide, to64) = (insn.Size == 8, insn.Op == IrOp.FloatToInt64);
        var truncate = (IrRounding)insn.Flags == IrRounding.TowardZero;
        var slow = BeginRounded(insn);
        var a = ToVector(Of(insn.A), First, wide);
        _asm.ToInteger(Reg.Rax, a, wide, to64, truncate);
        // Only the most negative number overflows when 1 is taken from it.
        _asm.Op(Alu.Cmp, Reg.Rax, 1, wide: to64);
        var doubtful = AddCold(ColdKind.SlowFloat, _asm.Jcc(Cond.Overflow));
        if (!to64)
            _asm.Extend(Reg.Rax, Reg.Rax, 4, signed: true);
        var target = Target(insn.Dst);
        if (target.IsGeneral)
            _asm.Mov(target.General, Reg.Rax);
        else
            Finish(target, Reg.Rax);
        EndRounded(slow, target);
        ShareSlow(doubtful, slow);
    }

    private void EmitConversion(in IrInsn insn)
    {
        var wide = insn.Op == IrOp.FloatWiden || (insn.Op != IrOp.FloatNarrow && insn.Size == 8);
        var slow = BeginRounded(insn);
        var fromFloat = insn.Op is IrOp.FloatWiden or IrOp.FloatNarrow;
        var a = Of(insn.A);
        if (fromFloat)
        {
            var source = ToVector(a, First, wide: insn.Op == IrOp.FloatNarrow);
            _asm.ConvertWidth(Second, source, source, widen: insn.Op == IrOp.FloatWiden);
            ReplaceNaN(Second, wide);
        }
        else
        {
            var from64 = insn.Op != IrOp.FloatFromInt32;
            var source = Reg.Rax;
            if (insn.Op == IrOp.FloatFromUInt32)
                MoveTo(Reg.Rax, a, wide: false);
            else
                source = ToRegister(a, Reg.Rax);
            // The register's upper bits come from the first source: not from a value that is not ready yet.
            _asm.Op(Bits.Xor, Second, Second, Second);
            _asm.FromInteger(Second, Second, source, wide, from64);
        }

        var target = FloatTarget(insn.Dst, wide);
        FinishFloat(target, Second, wide);
        EndRounded(slow, target);
    }

    /// <summary>A NaN becomes the canonical one, out of the way.</summary>
    private void ReplaceNaN(Xmm result, bool wide)
    {
        _asm.Comis(result, result, wide, quiet: true);
        var path = AddCold(new ColdPath { Kind = ColdKind.CanonicalNaN, Site = _asm.Jcc(Cond.Parity), A = Place.Of(result) });
        ReturnsHere(path, wide);
    }

    private void EmitCanonicalNaN(in ColdPath path)
    {
        var constants = Stubs.Constants;
        _cold.Movs(path.A.Vector, Mem.Of(path.Wide ? constants.NaN64 : constants.NaN32), path.Wide);
        _cold.Jmp(path.Return);
    }
}
