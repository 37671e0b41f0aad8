namespace Emu.Ir.Reference.RandomBlocks;

/// <summary>
/// Writes random valid blocks: the same seed and options give the same block. Half of what it writes is random ops on
/// random operands, half are sequences that passes and backends look for, in many slight variations.
/// </summary>
public sealed partial class RandomBlock(Random random, RandomBlockOptions options)
{
    private const ulong InsnSize = 4;

    private readonly List<IrValue> _temps = [];
    private IrBlock _block = new();

    /// <summary>Replaces the block's content.</summary>
    public void Fill(IrBlock block)
    {
        _block = block;
        _temps.Clear();
        block.Reset(options.Pc);
        AddHooks();
        var count = random.Next(1, options.MaxInstructions + 1);
        while (block.InstructionCount < count)
        {
            StartInsn();
            for (var ops = random.Next(1, 4); ops > 0; ops--)
                AddOps();
        }

        AddTerminal();
    }

    private void StartInsn()
    {
        ref var insn = ref _block.Append(IrOp.InsnStart);
        insn.Imm = (long)_block.EndPc;
        insn.Size = (byte)InsnSize;
        _block.EndPc += InsnSize;
        _block.InstructionCount++;
        if (Has(RandomOps.Hooks) && random.OneIn(4))
            AddExecHook();
    }

    private void AddOps()
    {
        switch (random.Next(12))
        {
            case 0 or 1 or 2 when Has(RandomOps.Memory):
                AddAccess();
                break;
            case 3 when Has(RandomOps.Atomics):
                AddAtomic();
                break;
            case 4 or 5 when Has(RandomOps.Float):
                AddFloat();
                break;
            case 6 when Has(RandomOps.Helpers) && random.OneIn(3):
                AddHelperCall();
                break;
            case 6 when Has(RandomOps.Hooks):
                AddWordHook();
                break;
            case 7 or 8 or 9:
                AddIdiom();
                break;
            case 10 when random.OneIn(3):
                AddWayOut();
                break;
            default:
                AddInteger(random.Pick(IntegerOps));
                break;
        }
    }

    private bool Has(RandomOps group) => (options.Ops & group) != 0;

    /// <summary>An operand: a register, a temporary or a constant.</summary>
    private IrValue Value() => random.Next(10) switch
    {
        < 3 when _temps.Count > 0 => _temps[random.Next(_temps.Count)],
        3 or 4 => Constant(random.NextInteger()),
        _ => Register(),
    };

    /// <summary>Where a result goes: mostly a register, sometimes nowhere.</summary>
    private IrValue Target() => random.Next(10) switch
    {
        0 => IrValue.None,
        < 4 => NewTemp(),
        _ => Register(),
    };

    private IrValue Register() => IrValue.Global(random.Pick(options.Registers));

    private IrValue Constant(ulong value) => _block.AddConstant(value);

    private IrValue Constant(int value) => _block.AddConstant((ulong)value);

    private IrValue NewTemp() => _block.NewTemp();

    /// <summary>Appends an op with up to two operands and lets later ones read its result.</summary>
    private IrValue Emit(IrOp op, IrValue target, IrValue a, IrValue b = default)
    {
        ref var insn = ref _block.Append(op);
        (insn.Dst, insn.A, insn.B) = (target, a, b);
        Publish(target);
        return target;
    }

    private void Publish(IrValue target)
    {
        if (target.IsTemp)
            _temps.Add(target);
    }
}
