namespace Emu.Ir.Reference.RandomBlocks;

/// <content>Helper calls and instrumentation.</content>
public sealed partial class RandomBlock
{
    private const int Hooks = 4;

    private void AddHooks()
    {
        if (!Has(RandomOps.Hooks))
            return;
        for (var number = 0; number < Hooks; number++)
        {
            var callback = random.Next(options.Callbacks);
            _block.AddHook(new IrHook
            {
                Callback = callback,
                Globals = callback == 0 ? IrGlobalUse.Read : IrGlobalUse.Write,
                UserData = random.Next(1000),
                Condition = (IrHookCondition)random.Next(Enum.GetValues<IrHookCondition>().Length),
                Entry = options.ScoreboardEntry,
                Stride = sizeof(ulong),
                Immediate = (ulong)random.Next(4),
                Displacement = random.Next(-8, 8),
                Trace = options.Trace,
                Owner = "random",
            });
        }
    }

    private void AddExecHook()
    {
        IrOp[] ops = [IrOp.PluginExec, IrOp.PluginCondExec, IrOp.ScoreboardAdd, IrOp.ScoreboardStore];
        _block.Append(random.Pick(ops)).Imm = random.Next(Hooks);
    }

    /// <summary>What bodies of callbacks do: the words of all entries lie one behind the other.</summary>
    private void AddWordHook()
    {
        var word = Emit(IrOp.And, NewTemp(), Value(), Constant(1));
        switch (random.Next(4))
        {
            case 3: Append(Value(), Value(), Value()); return;
            case 0: Emit(IrOp.ScoreboardReadAt, Target(), word); break;
            case 1: Emit(IrOp.ScoreboardWriteAt, default, word, Value()); break;
            default: Emit(IrOp.ScoreboardAddAt, default, word, Value()); break;
        }

        _block.Insns[^1].Imm = random.Next(Hooks);
    }

    private void Append(IrValue a, IrValue b, IrValue c)
    {
        Emit(IrOp.TraceAppend, default, a, b);
        (_block.Insns[^1].C, _block.Insns[^1].Imm) = (c, random.Next(Hooks));
    }

    private void AddMemoryHook(IrValue address, IrValue value, int size, IrFlags flags)
    {
        Emit(IrOp.PluginMem, default, address, value);
        ref var insn = ref _block.Insns[^1];
        (insn.Imm, insn.Size, insn.Flags) = (random.Next(Hooks), (byte)size, flags);
    }

    /// <summary>Hooks that only a successful store-conditional reaches.</summary>
    private void AddSkippedHooks(IrValue address, IrValue value, IrValue failed, int size)
    {
        var count = random.Next(1, 4);
        Emit(IrOp.SkipUnlessZero, default, failed);
        _block.Insns[^1].Imm = count;
        for (; count > 0; count--)
            if (random.OneIn(3))
                Append(address, value, Constant(7));
            else if (random.OneIn(2))
                AddMemoryHook(address, value, size, IrFlags.IsStore);
            else if (random.OneIn(3))
                _block.Append(random.OneIn(2) ? IrOp.PluginExec : IrOp.PluginCondExec).Imm = random.Next(Hooks);
            else
                _block.Append(random.OneIn(2) ? IrOp.ScoreboardAdd : IrOp.ScoreboardStore).Imm = random.Next(Hooks);
    }

    private void AddHelperCall()
    {
        Emit(IrOp.CallHelper, Target(), Value(), Value());
        _block.Insns[^1].Imm = random.Pick(options.Helpers);
    }
}
