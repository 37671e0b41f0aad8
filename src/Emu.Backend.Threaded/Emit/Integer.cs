using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

internal sealed unsafe partial class ThreadedEmitter<TMemory>
{
    /// <summary>Pure ops: their handlers are made from the value types that <c>Ir.ops</c> generates, so there is nothing to write per op.</summary>
    private void EmitArithmetic(in IrInsn insn)
    {
        if (insn.B.IsNone)
            EmitUnary(insn);
        else
            EmitBinary(insn);
    }

    private void EmitUnary(in IrInsn insn)
    {
        var kind = insn.A.IsConstant ? SourceKind.Immediate : SourceKind.Register;
        var a = insn.A.IsConstant ? (ushort)0 : Offset(insn.A);
        var op = Append(OpKey.Of(insn.Op, 0, kind, SourceKind.Register));
        op->A = a;
        op->D = Target(insn.Dst);
        if (insn.A.IsConstant)
            op->Imm = _ir.ConstantOf(insn.A);
    }

    private void EmitBinary(in IrInsn insn)
    {
        var (left, right) = (insn.A, insn.B);
        if (left.IsConstant && insn.Op.Has(IrProperties.Commutative))
            (left, right) = (right, left);
        var zeroLeft = IsZero(left) && !right.IsConstant;
        var immediateRight = right.IsConstant;
        var a = zeroLeft ? (ushort)0 : Offset(left);
        var b = immediateRight ? (ushort)0 : Offset(right);
        var op = Append(OpKey.Of(
            insn.Op, 0, zeroLeft ? SourceKind.Zero : SourceKind.Register, immediateRight ? SourceKind.Immediate : SourceKind.Register));
        op->A = a;
        op->B = b;
        op->D = Target(insn.Dst);
        if (immediateRight)
            op->Imm = _ir.ConstantOf(right);
    }

    private void EmitSelect(in IrInsn insn)
    {
        var (a, b, c) = (Offset(insn.A), Offset(insn.B), Offset(insn.C));
        var op = Append((nint)(Handler)(&Select.RawCalliHelper.Run), passing: Passing.Result);
        (op->A, op->B, op->C, op->D) = (a, b, c, Target(insn.Dst));
    }
}
