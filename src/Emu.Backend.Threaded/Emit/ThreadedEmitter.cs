using Emu.Backend.Threaded.Handlers;
using Emu.Backend.Threaded.MicroOps;
using Emu.Engine.CodeCache;
using Emu.Engine.Execution;
using Emu.Ir;

namespace Emu.Backend.Threaded.Emit;

/// <summary>Turns one IR block into threaded code. Reused from block to block; the code cache's lock guards it.</summary>
internal sealed unsafe partial class ThreadedEmitter<TMemory>
    where TMemory : struct, IMemoryPath
{
    private readonly HandlerTable<TMemory> _table = HandlerTable<TMemory>.Instance;
    private readonly TempSlots _slots;
    private readonly KnownConstants _constants = new();
    private readonly Fusion<TMemory> _fusion = new(HandlerTable<TMemory>.Instance);
    private IrBlock _ir = null!;
    private Op* _start;
    private Op* _next;
    private ulong _pc;
    private Op* _skip;
    private int _skipEnd;

    /// <summary>An emitter for state blocks whose spill area begins at <paramref name="spillOffset"/>.</summary>
    public ThreadedEmitter(int spillOffset) => _slots = new TempSlots(spillOffset);

    /// <summary>Whether pairs of ops are fused.</summary>
    public bool Fuse { get; init; } = true;

    /// <summary>Bytes that a block needs at most: every operand may be a constant to be put in place, an exit has a stub for each way, a plugin op takes two, a record of a trace its length beside.</summary>
    public static int MaxCodeSize(IrBlock ir) => (ir.Count * 4 + ir.HookCount * Appending.MaxWordOps + 8) * Op.Bytes;

    /// <summary>Emits the block behind its record and returns the bytes used.</summary>
    public int Emit(IrBlock ir, TranslatedBlock* block)
    {
        _ir = ir;
        _start = _next = (Op*)TranslatedBlock.CodeOf(block);
        _pc = ir.Pc;
        _slots.Begin(ir);
        _fusion.Begin(_start);
        _constants.Begin();
        for (var i = 0; i < ir.Count; i++)
        {
            ref readonly var insn = ref ir.Insns[i];
            _slots.At(i);
            EndSkip(i);
            EmitInsn(insn, i);
            _constants.After(insn, ir);
        }

        if (Fuse)
            _fusion.Run();
        block->Entry = _start;
        block->CodeSize = (int)((byte*)_next - (byte*)_start);
        return block->CodeSize;
    }

    private void EmitInsn(in IrInsn insn, int index)
    {
        switch (insn.Op)
        {
            case IrOp.InsnStart: _pc = (ulong)insn.Imm; break;
            case IrOp.Load: EmitLoad(insn); break;
            case IrOp.Store: EmitStore(insn); break;
            case IrOp.Select: EmitSelect(insn); break;
            case IrOp.Fence: EmitFence(); break;
            case IrOp.CallHelper: EmitCallHelper(insn); break;
            case IrOp.SkipUnlessZero: EmitSkipUnlessZero(insn, index); break;
            case IrOp.Jump: EmitJump(insn); break;
            case IrOp.Branch: EmitBranch(insn); break;
            case IrOp.LeaveIf: EmitLeaveIf(insn); break;
            case IrOp.LeaveUnless: EmitLeaveUnless(insn); break;
            case IrOp.JumpIndirect: EmitJumpIndirect(insn, index); break;
            case IrOp.Syscall: EmitSyscall(insn); break;
            case IrOp.Trap: EmitTrap(insn); break;
            case IrOp.Exit: EmitExit(insn); break;
            case >= IrOp.LoadReserved and <= IrOp.AtomicCompareSwap: EmitAtomic(insn); break;
            case IrOp.AtomicCompareSwapPair: EmitPair(insn); break;
            case (>= IrOp.FloatAdd and <= IrOp.FloatNarrow) or (>= IrOp.FloatMinimum and <= IrOp.FloatToHalf): EmitFloat(insn); break;
            case >= IrOp.PluginExec and <= IrOp.ScoreboardAddAt: EmitPlugin(insn); break;
            default: EmitArithmetic(insn); break;
        }
    }

    /// <summary>Appends an op; its operands are the caller's to fill.</summary>
    private Op* Append(nint handler, OpKey? key = null, Passing passing = Passing.Nothing)
    {
        var op = _next++;
        *op = default;
        op->Run = (Handler)handler;
        op->Pc = _pc;
        _fusion.Note(key, passing);
        return op;
    }

    /// <summary>Appends the handler of a micro-op that must exist.</summary>
    private Op* Append(OpKey key)
    {
        var handler = _table.Single(key);
        return handler != 0 ? Append(handler, key, key.Op is IrOp.Store or IrOp.ScoreboardAdd ? Passing.Same : Passing.Result) : throw new InvalidOperationException($"the threaded backend has no handler for {key}");
    }

    /// <summary>The state offset of a value; a constant is put in a scratch slot first, unless a register holds it.</summary>
    private ushort Offset(IrValue value) => value.Kind switch
    {
        IrValueKind.Global => checked((ushort)value.Index),
        IrValueKind.Temp => _slots.Of(value),
        IrValueKind.Constant => Materialise(_ir.ConstantOf(value)),
        _ => throw new InvalidOperationException("the threaded backend met an absent operand"),
    };

    /// <summary>The state offset of a base address and the displacement to it.</summary>
    private (ushort Base, ulong Displacement) Address(IrValue @base, long displacement)
    {
        if (@base.IsConstant && _constants.TryTakeBase(out var place, out var value))
            return (place, _ir.ConstantOf(@base) + (ulong)displacement - value);
        return (Offset(@base), (ulong)displacement);
    }

    /// <summary>The state offset of a result; a result that nobody wants goes to a scratch slot.</summary>
    private ushort Target(IrValue value) => value.IsNone ? _slots.Scratch() : Offset(value);

    private ushort Materialise(ulong constant)
    {
        if (_constants.TryFind(constant, out var place))
            return place;
        var slot = _slots.Scratch();
        var op = Append(OpKey.Of(IrOp.Mov, 0, SourceKind.Immediate, SourceKind.Register));
        op->D = slot;
        op->Imm = constant;
        return slot;
    }

    private bool IsZero(IrValue value) => value.IsConstant && _ir.ConstantOf(value) == 0;
}
