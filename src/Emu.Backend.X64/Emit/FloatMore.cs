using Emu.Backend.X64.Assembly;
using Emu.Backend.X64.Code;
using Emu.Ir;

namespace Emu.Backend.X64.Emit;

// Floating-point ops for which the host has no instruction of the same meaning.
internal sealed unsafe partial class X64Emitter
{
    /// <summary>
    /// The host's minimum gives its second operand where two compare equal, which only zeros of different signs show: both orders together have the sign that is
    /// less (or greater). NaNs go the slow way.
    /// </summary>
    private void EmitMinMax(in IrInsn insn)
    {
        var (wide, op) = (insn.Size == 8, insn.Op == IrOp.FloatMin ? Fp.Min : Fp.Max);
        if (!Of(insn.A).IsVector && !Of(insn.B).IsVector)
        {
            // Two values and two results, and two free registers.
            EmitSlow(insn);
            return;
        }

        var slow = BeginRounded(insn);
        var (a, b) = (ToVector(Of(insn.A), First, wide), ToVector(Of(insn.B), Second, wide));
        _asm.Comis(a, b, wide, quiet: true);
        var notANumber = AddCold(ColdKind.SlowFloat, _asm.Jcc(Cond.Parity));
        var (one, other) = a == First ? (Second, First) : (First, Second);
        _asm.Op(op, one, a, b, wide);
        _asm.Op(op, other, b, a, wide);
        _asm.Op(op == Fp.Min ? Bits.Or : Bits.And, First, First, Second);
        var target = FloatTarget(insn.Dst, wide);
        FinishFloat(target, First, wide);
        EndRounded(slow, target);
        ShareSlow(notANumber, slow);
    }

    /// <summary>Towards zero. Numbers that are not negative are ordered as their bits are, so that one comparison finds all that do not fit.</summary>
    private void EmitToUnsigned(in IrInsn insn)
    {
        var (wide, to64) = (insn.Size == 8, insn.Op == IrOp.FloatToUInt64);
        var slow = BeginRounded(insn);
        var a = ToVector(Of(insn.A), First, wide);
        _asm.Mov(Reg.Rax, a, wide);
        _asm.Mov(Reg.Rdx, (wide, to64) switch
        {
            (true, true) => 0x43E0000000000000, // 2^63
            (true, false) => 0x41F0000000000000, // 2^32
            (false, true) => 0x5F000000,
            (false, false) => 0x4F800000UL,
        });
        _asm.Op(Alu.Cmp, Reg.Rax, Reg.Rdx);
        var outside = AddCold(ColdKind.SlowFloat, _asm.Jcc(Cond.AboveEqual));
        _asm.ToInteger(Reg.Rax, a, wide, to64: true, truncate: true);
        if (!to64)
            _asm.Extend(Reg.Rax, Reg.Rax, 4, signed: true);
        var target = Target(insn.Dst);
        if (target.IsGeneral)
            _asm.Mov(target.General, Reg.Rax);
        else
            Finish(target, Reg.Rax);
        EndRounded(slow, target);
        ShareSlow(outside, slow);
    }

    /// <summary>As a signed number, unless it is too large to be one.</summary>
    private void EmitFromUInt64(in IrInsn insn)
    {
        var wide = insn.Size == 8;
        var slow = BeginRounded(insn);
        var source = ToRegister(Of(insn.A), Reg.Rax);
        _asm.Test(source, source);
        var large = AddCold(ColdKind.SlowFloat, _asm.Jcc(Cond.Sign));
        _asm.Op(Bits.Xor, Second, Second, Second);
        _asm.FromInteger(Second, Second, source, wide, from64: true);
        var target = FloatTarget(insn.Dst, wide);
        FinishFloat(target, Second, wide);
        EndRounded(slow, target);
        ShareSlow(large, slow);
    }
}
