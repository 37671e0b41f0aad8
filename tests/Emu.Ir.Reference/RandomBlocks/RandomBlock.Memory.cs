namespace Emu.Ir.Reference.RandomBlocks;

/// <content>Loads, stores, atomic operations.</content>
public sealed partial class RandomBlock
{
    private static readonly IrOp[] Atomics =
        [.. Enum.GetValues<IrOp>().Where(op => op is >= IrOp.LoadReserved and <= IrOp.Fence)];

    private void AddAccess()
    {
        var size = random.Pick([1, 2, 4, 8]);
        var (address, displacement) = Address();
        var effective = Has(RandomOps.Hooks) ? Emit(IrOp.Add, NewTemp(), address, Constant(displacement)) : default;
        var isStore = random.OneIn(3);
        var isSigned = !isStore && random.OneIn(2);
        var value = isStore ? Value() : Target();
        ref var insn = ref _block.Append(isStore ? IrOp.Store : IrOp.Load);
        (insn.A, insn.Imm, insn.Size) = (address, displacement, (byte)size);
        if (isStore)
            insn.B = value;
        else
            (insn.Dst, insn.Flags) = (value, isSigned ? IrFlags.Signed : IrFlags.None);
        if (!isStore)
            Publish(value);
        if (!effective.IsNone && !value.IsNone && random.OneIn(2))
            AddMemoryHook(effective, value, size, (isStore ? IrFlags.IsStore : 0) | (isSigned ? IrFlags.Signed : 0));
    }

    /// <summary>A base and displacement: mostly inside the memory, sometimes anywhere.</summary>
    private (IrValue Base, int Displacement) Address() => random.Next(8) switch
    {
        0 => (Value(), random.Next(-2048, 2048)),
        1 => (Constant(options.MemoryStart + (ulong)random.Next(options.MemorySize - 8)), 0),
        2 or 3 => (Register(), random.Next(-64, 64)),
        _ => (Inside(7 * random.Next(2)), random.Next(-8, 8)),
    };

    /// <summary>A sum that lies inside the memory, with the bits of <paramref name="cleared"/> zero.</summary>
    private IrValue Inside(int cleared)
    {
        var offset = Emit(IrOp.And, Place(), Value(), Constant(options.MemorySize - 1 & ~cleared));
        return Emit(IrOp.Add, Place(), offset, Constant(options.MemoryStart));
    }

    private void AddAtomic()
    {
        var op = random.Pick(Atomics);
        if (op == IrOp.Fence)
        {
            _block.Append(op);
            return;
        }

        if (op == IrOp.AtomicCompareSwapPair)
        {
            AddPair();
            return;
        }

        var size = op is IrOp.LoadReserved or IrOp.StoreConditional ? random.Pick([4, 8]) : random.Pick([1, 2, 4, 8]);
        var address = random.OneIn(8) ? Register() : Inside(7);
        // A comparison with what is there succeeds.
        var expected = op == IrOp.AtomicCompareSwap && random.OneIn(2) ? Loaded(address, size) : Value();
        var (operand, target) = (Value(), Target());
        if (op == IrOp.StoreConditional && random.OneIn(2))
            EmitAtomic(IrOp.LoadReserved, size, NewTemp(), address, default);
        EmitAtomic(op, size, target, address, op == IrOp.LoadReserved ? default : operand);
        if (op == IrOp.AtomicCompareSwap)
            _block.Insns[^1].C = expected;
        if (op == IrOp.StoreConditional && Has(RandomOps.Hooks) && !target.IsNone)
            AddSkippedHooks(address, operand, target, size);
    }

    private IrValue Loaded(IrValue address, int size)
    {
        var value = Emit(IrOp.Load, NewTemp(), address);
        _block.Insns[^1].Size = (byte)size;
        return value;
    }

    /// <summary>Registers stand in a row, so that each is one of two.</summary>
    private void AddPair()
    {
        var address = random.OneIn(8) ? Register() : Inside(15);
        var (expected, stored) = (options.Registers[random.Next(options.Registers.Length - 1)], options.Registers[random.Next(options.Registers.Length - 1)]);
        ref var insn = ref _block.Append(IrOp.AtomicCompareSwapPair);
        (insn.A, insn.Imm) = (address, (long)stored << 32 | (uint)expected);
    }

    private void EmitAtomic(IrOp op, int size, IrValue target, IrValue address, IrValue operand)
    {
        Emit(op, target, address, operand);
        _block.Insns[^1].Size = (byte)size;
    }
}
