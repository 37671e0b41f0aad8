namespace Emu.Ir.Reference;

/// <content>Guest memory: loads, stores, atomic operations.</content>
public sealed partial class ReferenceInterpreter
{
    private BlockEnd? Access(in IrInsn insn) => insn.Op switch
    {
        IrOp.Load => Load(insn),
        IrOp.Store => Store(Read(insn.A) + (ulong)insn.Imm, insn.Size, Read(insn.B)),
        IrOp.LoadReserved => LoadReserved(insn),
        IrOp.StoreConditional => StoreConditional(insn),
        IrOp.AtomicCompareSwap => CompareSwap(insn),
        IrOp.AtomicCompareSwapPair => CompareSwapPair(insn),
        _ => Exchange(insn),
    };

    private BlockEnd? Load(in IrInsn insn)
    {
        var address = Read(insn.A) + (ulong)insn.Imm;
        if (!memory.TryRead(address, insn.Size, out var value, out var fault))
            return new(BlockEndKind.ReadFault, _pc, fault);
        Write(insn.Dst, (insn.Flags & IrFlags.Signed) != 0 ? SignExtend(value, insn.Size) : value);
        return null;
    }

    private BlockEnd? Store(ulong address, int size, ulong value) =>
        memory.TryWrite(address, size, value, out var fault) ? null : new(BlockEndKind.WriteFault, _pc, fault);

    private BlockEnd? LoadReserved(in IrInsn insn)
    {
        var address = Read(insn.A);
        if (address % insn.Size != 0)
            return new(BlockEndKind.Misaligned, _pc, address);
        if (!memory.TryRead(address, insn.Size, out var value, out var fault))
            return new(BlockEndKind.ReadFault, _pc, fault);
        value = SignExtend(value, insn.Size);
        (state.ReservationAddress, state.ReservationValue) = (address, value);
        Write(insn.Dst, value);
        return null;
    }

    private BlockEnd? StoreConditional(in IrInsn insn)
    {
        var (address, value) = (Read(insn.A), Read(insn.B));
        if (address % insn.Size != 0)
            return new(BlockEndKind.Misaligned, _pc, address);
        var isReserved = state.ReservationAddress == address;
        if (isReserved)
        {
            if (!memory.TryRead(address, insn.Size, out var current, out var fault))
                return new(BlockEndKind.WriteFault, _pc, fault);
            isReserved = SignExtend(current, insn.Size) == SignExtend(state.ReservationValue, insn.Size);
            if (isReserved && Store(address, insn.Size, value) is { } end)
                return end;
        }

        state.ReservationAddress = ReferenceState.NoReservation;
        Write(insn.Dst, isReserved ? 0UL : 1UL);
        return null;
    }

    private BlockEnd? Exchange(in IrInsn insn)
    {
        var (address, operand) = (Read(insn.A), SignExtend(Read(insn.B), insn.Size));
        if (address % insn.Size != 0)
            return new(BlockEndKind.Misaligned, _pc, address);
        // An access that both reads and writes fails as a write (Priv. ISA, store/AMO page fault).
        if (!memory.TryRead(address, insn.Size, out var value, out var fault))
            return new(BlockEndKind.WriteFault, _pc, fault);
        value = SignExtend(value, insn.Size);
        if (Store(address, insn.Size, Combine(insn.Op, value, operand)) is { } end)
            return end;
        Write(insn.Dst, value);
        return null;
    }

    private BlockEnd? CompareSwap(in IrInsn insn)
    {
        var (address, value, expected) = (Read(insn.A), Read(insn.B), SignExtend(Read(insn.C), insn.Size));
        if (address % insn.Size != 0)
            return new(BlockEndKind.Misaligned, _pc, address);
        if (!memory.TryRead(address, insn.Size, out var old, out var fault))
            return new(BlockEndKind.WriteFault, _pc, fault);
        old = SignExtend(old, insn.Size);
        // A page that cannot be written fails whether or not the values are equal.
        if (Store(address, insn.Size, old == expected ? value : old) is { } end)
            return end;
        Write(insn.Dst, old);
        return null;
    }

    private BlockEnd? CompareSwapPair(in IrInsn insn)
    {
        var (address, expected, stored) = (Read(insn.A), (int)(uint)insn.Imm, (int)(insn.Imm >> 32));
        if (address % 16 != 0)
            return new(BlockEndKind.Misaligned, _pc, address);
        if (!memory.TryRead(address, 8, out var low, out var fault) || !memory.TryRead(address + 8, 8, out var high, out fault))
            return new(BlockEndKind.WriteFault, _pc, fault);
        var equal = (low, high) == (state[expected], state[expected + 8]);
        if (Store(address, 8, equal ? state[stored] : low) is { } end)
            return end;
        Store(address + 8, 8, equal ? state[stored + 8] : high);
        (state[expected], state[expected + 8]) = (low, high);
        return null;
    }

    /// <summary>Both values are sign-extended, which keeps the order of signed and of unsigned numbers.</summary>
    private static ulong Combine(IrOp op, ulong old, ulong operand) => op switch
    {
        IrOp.AtomicSwap => operand,
        IrOp.AtomicAdd => old + operand,
        IrOp.AtomicAnd => old & operand,
        IrOp.AtomicOr => old | operand,
        IrOp.AtomicXor => old ^ operand,
        IrOp.AtomicMinSigned => (ulong)Math.Min((long)old, (long)operand),
        IrOp.AtomicMaxSigned => (ulong)Math.Max((long)old, (long)operand),
        IrOp.AtomicMinUnsigned => Math.Min(old, operand),
        IrOp.AtomicMaxUnsigned => Math.Max(old, operand),
        _ => throw Unknown(op),
    };

    private static ulong SignExtend(ulong value, int size) => (ulong)((long)(value << (64 - 8 * size)) >> (64 - 8 * size));
}
