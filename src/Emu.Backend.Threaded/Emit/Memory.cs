using System.Numerics;
using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

internal sealed unsafe partial class ThreadedEmitter<TMemory>
{
    private void EmitLoad(in IrInsn insn)
    {
        var signed = insn.Size < 8 && (insn.Flags & IrFlags.Signed) != 0;
        var variant = BitOperations.Log2(insn.Size) | (signed ? 4 : 0);
        var (a, displacement) = Address(insn.A, insn.Imm);
        var op = Append(OpKey.Of(IrOp.Load, variant, SourceKind.Register, SourceKind.Immediate));
        op->A = a;
        op->Imm = displacement;
        op->D = Target(insn.Dst);
    }

    private void EmitStore(in IrInsn insn)
    {
        var zero = IsZero(insn.B);
        var (a, displacement) = Address(insn.A, insn.Imm);
        var b = zero ? (ushort)0 : Offset(insn.B);
        var op = Append(OpKey.Of(IrOp.Store, BitOperations.Log2(insn.Size), SourceKind.Register, zero ? SourceKind.Zero : SourceKind.Register));
        op->A = a;
        op->B = b;
        op->Imm = displacement;
    }

    private void EmitAtomic(in IrInsn insn)
    {
        var a = Offset(insn.A);
        var b = insn.B.IsNone ? (ushort)0 : Offset(insn.B);
        var c = insn.C.IsNone ? (ushort)0 : Offset(insn.C);
        var op = Append(AtomicHandler(insn), passing: Passing.Result);
        (op->A, op->B, op->C, op->D) = (a, b, c, Target(insn.Dst));
    }

    private static nint AtomicHandler(in IrInsn insn) => insn.Size switch
    {
        1 => Atomics<TMemory, AtomicByte>.HandlerOf(insn.Op),
        2 => Atomics<TMemory, AtomicHalf>.HandlerOf(insn.Op),
        4 => Atomics<TMemory, Narrow>.HandlerOf(insn.Op),
        _ => Atomics<TMemory, Wide>.HandlerOf(insn.Op),
    };

    private void EmitPair(in IrInsn insn)
    {
        var a = Offset(insn.A);
        var op = Append((nint)(Handler)(&AtomicPair<TMemory>.RawCalliHelper.Run));
        op->A = a;
        op->Imm = (ulong)insn.Imm;
    }

    private void EmitFence() => Append((nint)(Handler)(&Fence.RawCalliHelper.Run));
}
