using Emu.Ir;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>
/// Puts memory hooks behind an op that accesses memory: after it, so only if it succeeded. The operands that the hooks need are saved before if the op
/// overwrites them, which it does when its result goes to the register that held its address (<c>ld a0, 8(a0)</c>) or value.
/// </summary>
internal sealed class MemoryHooks(IrBuilder builder, HookList hooks, HookEmitter emitter)
{
    /// <summary>Copies the op and appends what the hooks of instruction <paramref name="point"/>, at <paramref name="pc"/>, ask for.</summary>
    public void Rewrite(in IrInsn insn, int point, ulong pc)
    {
        var kinds = Wanted(point);
        var access = new Access { Insn = insn, Point = point, Pc = pc, Address = insn.A, Stored = insn.B, Expected = insn.C, Loaded = insn.Dst };
        if ((kinds & KindsOf(insn.Op)) == 0)
        {
            Copy(access);
            return;
        }

        if (insn.Op == IrOp.AtomicCompareSwapPair)
        {
            RewritePair(access);
            return;
        }

        Save(ref access);
        Copy(access);
        switch (insn.Op)
        {
            case IrOp.Load or IrOp.LoadReserved:
                Emit(access, AccessKind.Read, access.Loaded);
                break;
            case IrOp.Store:
                Emit(access, AccessKind.Write, access.Stored);
                break;
            case IrOp.StoreConditional:
                Emit(access, AccessKind.Write, access.Stored, unless: access.Loaded);
                break;
            case IrOp.AtomicCompareSwap:
                Emit(access, AccessKind.Read, access.Loaded);
                Emit(access, AccessKind.Write, access.Stored, unless: builder.Xor(access.Loaded, ReadModifyWrite.Extend(builder, insn.Size, access.Expected)));
                break;
            default:
                Emit(access, AccessKind.Read, access.Loaded);
                if ((kinds & AccessKind.Write) != 0)
                    Emit(access, AccessKind.Write, ReadModifyWrite.NewValue(builder, insn, access.Loaded, access.Stored));
                break;
        }
    }

    /// <summary>What an op does to memory: an atomic operation both.</summary>
    private static AccessKind KindsOf(IrOp op) => op switch
    {
        IrOp.Load or IrOp.LoadReserved => AccessKind.Read,
        IrOp.Store or IrOp.StoreConditional => AccessKind.Write,
        _ => AccessKind.ReadWrite,
    };

    private void Save(ref Access access)
    {
        var insn = access.Insn;
        var overwritten = insn.Dst.IsGlobal ? insn.Dst : IrValue.None;
        if (overwritten.IsGlobal && insn.A == overwritten)
            access.Address = builder.Mov(insn.A);
        if (overwritten.IsGlobal && insn.B == overwritten)
            access.Stored = builder.Mov(insn.B);
        if (overwritten.IsGlobal && insn.C == overwritten)
            access.Expected = builder.Mov(insn.C);
        // A result that the guest drops is wanted now.
        if (insn.Dst.IsNone && IrOps.OperandsOf(insn.Op).HasFlag(IrOperands.Dst))
            access.Loaded = builder.Block.NewTemp();
    }

    /// <summary>Two accesses of 8 bytes each, and two stores if both values were those expected; the registers are saved, as they may be the same.</summary>
    private void RewritePair(Access access)
    {
        var (expected, stored) = ((int)(uint)access.Insn.Imm, (int)(access.Insn.Imm >> 32));
        var address = access.Address = builder.Mov(access.Insn.A);
        var (low, high) = (builder.Mov(builder.Global(expected)), builder.Mov(builder.Global(expected + 8)));
        var (newLow, newHigh) = (builder.Mov(builder.Global(stored)), builder.Mov(builder.Global(stored + 8)));
        builder.Block.Append(access.Insn.Op) = access.Insn;
        (access.Insn.Imm, access.Insn.Size) = (0, 8);
        var upper = access;
        upper.Address = builder.Add(address, builder.Constant(8UL));
        Emit(access, AccessKind.Read, builder.Global(expected));
        Emit(upper, AccessKind.Read, builder.Global(expected + 8));
        var differs = builder.Or(builder.Xor(builder.Global(expected), low), builder.Xor(builder.Global(expected + 8), high));
        access.Stored = newLow;
        upper.Stored = newHigh;
        Emit(access, AccessKind.Write, access.Stored, unless: differs);
        Emit(upper, AccessKind.Write, upper.Stored, unless: differs);
    }

    private void Copy(in Access access)
    {
        ref var copy = ref builder.Block.Append(access.Insn.Op);
        copy = access.Insn;
        copy.Dst = access.Loaded;
    }

    /// <summary>Appends what the hooks ask for; only where <paramref name="unless"/> is zero, if it is given.</summary>
    private void Emit(in Access access, AccessKind kind, IrValue value, IrValue unless = default)
    {
        for (var i = hooks.FirstAt(access.Point); i >= 0; i = hooks.NextOf(i))
        {
            ref readonly var pending = ref hooks[i];
            if ((pending.Accesses & kind) != 0)
                emitter.Emit(pending, PlaceOf(access, kind, value), unless);
        }
    }

    private static LoweredAccess PlaceOf(in Access access, AccessKind kind, IrValue value) => new()
    {
        Pc = access.Pc,
        Address = access.Address,
        Displacement = access.Insn.Imm,
        Value = value,
        Size = access.Insn.Size,
        Flags = FlagsOf(access.Insn, kind),
        Kind = (byte)kind,
    };

    /// <summary>What is told of an access beside its size: <see cref="IrFlags.IsStore"/>, <see cref="IrFlags.Signed"/>.</summary>
    // Ir.ops: loads say whether they extend the sign, what atomic operations load is always sign-extended.
    public static IrFlags FlagsOf(in IrInsn insn, AccessKind kind) =>
        kind == AccessKind.Write ? IrFlags.IsStore :
        insn.Op == IrOp.Load ? insn.Flags & IrFlags.Signed :
        IrFlags.Signed;

    private AccessKind Wanted(int point)
    {
        var kinds = AccessKind.None;
        for (var i = hooks.FirstAt(point); i >= 0; i = hooks.NextOf(i))
            kinds |= hooks[i].Accesses;
        return kinds;
    }

    /// <summary>The op that is being instrumented, and where its operands and result are afterwards.</summary>
    private ref struct Access
    {
        public IrInsn Insn;
        public int Point;
        public ulong Pc;
        public IrValue Address;
        public IrValue Stored;
        public IrValue Expected;
        public IrValue Loaded;
    }
}
