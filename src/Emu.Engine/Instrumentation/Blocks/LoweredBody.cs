using System.Runtime.CompilerServices;
using Emu.Ir;
using Emu.Plugins;
using Emu.Plugins.Hosting;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>
/// Takes down a callback's body as IR. There are no jumps within a block: what depends on a condition is written under it, by <see cref="IrOp.Select"/>, and both ways of an
/// <c>if</c> are computed. A condition that is a constant costs nothing, and what it excludes is not there. One per translating thread, used for one place after another.
/// </summary>
internal sealed class LoweredBody(IrBuilder builder) : CallbackBody
{
    private static readonly BodyValue No = BodyValue.Of(0UL);
    private static readonly BodyValue Yes = BodyValue.Of(1UL);

    /// <summary>The conditions of the <c>if</c>s around, and of what is inside of each.</summary>
    private readonly Stack<(BodyValue Outer, BodyValue Condition)> _ifs = new();

    private BodyValue _holds;
    private BodyValue _runs;
    private LoweredAccess _access;
    private string? _owner;

    /// <inheritdoc/>
    public override BodyValue ProgramCounter => BodyValue.Of(_access.Pc);

    /// <inheritdoc/>
    public override BodyValue Address => Apply(BodyOp.Add, Of(_access.Address), BodyValue.Of(_access.Displacement));

    /// <inheritdoc/>
    public override BodyValue Value => _access.Size switch
    {
        1 => Apply(BodyOp.ZeroExtend8, Of(_access.Value)),
        2 => Apply(BodyOp.ZeroExtend16, Of(_access.Value)),
        4 => Apply(BodyOp.ZeroExtend32, Of(_access.Value)),
        _ => Of(_access.Value),
    };

    /// <inheritdoc/>
    public override BodyValue Size => BodyValue.Of((ulong)_access.Size);

    /// <inheritdoc/>
    public override BodyValue IsStore => BodyValue.Of((_access.Flags & IrFlags.IsStore) != 0);

    /// <inheritdoc/>
    public override BodyValue IsSignExtended => BodyValue.Of((_access.Flags & IrFlags.Signed) != 0);

    /// <summary>Starts a body at a place.</summary>
    /// <param name="access">Where it is, and the access that it is told of.</param>
    /// <param name="owner">The plugin's name.</param>
    public void Begin(in LoweredAccess access, string? owner)
    {
        (_access, _owner) = (access, owner);
        _ifs.Clear();
        _holds = _runs = Yes;
    }

    /// <summary>What follows is done only where the value is zero.</summary>
    public void OnlyIfZero(IrValue value) => _holds = Apply(BodyOp.SetEqual, Of(value), No);

    /// <summary>What follows is done only where the entry compares so with the immediate.</summary>
    public void OnlyIf(IrHookCondition condition, in IrHook hook)
    {
        var entry = Keep(builder.ScoreboardReadAt(builder.Constant(0UL), builder.Block.AddHook(hook)));
        var immediate = BodyValue.Of(hook.Immediate);
        _holds = condition switch
        {
            IrHookCondition.Equal => Apply(BodyOp.SetEqual, entry, immediate),
            IrHookCondition.NotEqual => Apply(BodyOp.SetNotEqual, entry, immediate),
            IrHookCondition.Less => Apply(BodyOp.SetLessUnsigned, entry, immediate),
            IrHookCondition.GreaterOrEqual => Not(Apply(BodyOp.SetLessUnsigned, entry, immediate)),
            IrHookCondition.Greater => Apply(BodyOp.SetLessUnsigned, immediate, entry),
            IrHookCondition.LessOrEqual => Not(Apply(BodyOp.SetLessUnsigned, immediate, entry)),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "unknown condition"),
        };
    }

    /// <inheritdoc/>
    /// <remarks>The header is volatile to the passes, and its words are no numbers of 64 bits.</remarks>
    public override BodyValue Read<T>(Register<T> register) => register.Place >= IrGlobals.FirstRegister && Unsafe.SizeOf<T>() == sizeof(ulong)
        ? Keep(IrValue.Global(register.Place))
        : throw new NotSupportedException("only a call can read this register");

    /// <inheritdoc/>
    public override BodyValue Apply(BodyOp op, BodyValue a, BodyValue b)
    {
        var (irOp, isUnary) = BodyOps.Of(op);
        if (a.IsConstant && b.IsConstant && IrEvaluator.TryEvaluate(irOp, a.Bits, b.Bits, 0, out var known))
            return BodyValue.Of(known);
        if (BodyOps.IsUnchanged(op, a, b))
            return a;
        ref var insn = ref Append(irOp);
        insn.A = At(a);
        insn.B = isUnary ? IrValue.None : At(b);
        return Keep(insn.Dst);
    }

    /// <inheritdoc/>
    public override BodyValue Select(BodyValue condition, BodyValue whenTrue, BodyValue whenFalse)
    {
        if (condition.IsConstant)
            return condition.Bits != 0 ? whenTrue : whenFalse;
        if (IsKnown(whenTrue, 1) && IsKnown(whenFalse, 0))
            return condition; // which is 1 or 0 itself
        ref var insn = ref Append(IrOp.Select);
        (insn.A, insn.B, insn.C) = (At(condition), At(whenTrue), At(whenFalse));
        return Keep(insn.Dst);
    }

    /// <inheritdoc/>
    public override BodyValue Read(ScoreboardEntry entry, BodyValue index)
    {
        if (IsNever(Reached))
            return No;
        var hook = HookAt(entry, ref index);
        return Keep(builder.ScoreboardReadAt(At(index), builder.Block.AddHook(hook)));
    }

    /// <inheritdoc/>
    public override void Write(ScoreboardEntry entry, BodyValue index, BodyValue value)
    {
        var reached = Reached;
        if (IsNever(reached))
            return;
        if (!reached.IsConstant)
            value = Select(reached, value, Read(entry, index));
        var hook = HookAt(entry, ref index);
        if (value.IsConstant && index.IsConstant)
            builder.ScoreboardStore(builder.Block.AddHook(hook with { Immediate = value.Bits }));
        else
            builder.ScoreboardWriteAt(At(index), At(value), builder.Block.AddHook(hook));
    }

    /// <inheritdoc/>
    public override void Add(ScoreboardEntry entry, BodyValue index, BodyValue amount)
    {
        amount = Select(Reached, amount, No);
        if (amount.IsConstant && amount.Bits == 0)
            return;
        var hook = HookAt(entry, ref index);
        if (amount.IsConstant && index.IsConstant)
            builder.ScoreboardAdd(builder.Block.AddHook(hook with { Immediate = amount.Bits }));
        else
            builder.ScoreboardAddAt(At(index), At(amount), builder.Block.AddHook(hook));
    }

    /// <inheritdoc/>
    public override BodyValue Assign(BodyValue old, BodyValue value) => Select(Reached, value, old);

    /// <inheritdoc/>
    public override void If(BodyValue condition)
    {
        _ifs.Push((_holds, condition));
        _holds = And(_holds, condition);
    }

    /// <inheritdoc/>
    public override void Else()
    {
        var (outer, condition) = _ifs.Peek();
        _holds = And(outer, Not(condition));
    }

    /// <inheritdoc/>
    public override void End() => _holds = _ifs.Pop().Outer;

    /// <inheritdoc/>
    public override void Return() => _runs = And(_runs, Not(_holds));

    private BodyValue Reached => And(_holds, _runs);

    private static bool IsKnown(BodyValue value, ulong number) => value.IsConstant && value.Bits == number;

    private static bool IsNever(BodyValue condition) => IsKnown(condition, 0);

    private BodyValue And(BodyValue a, BodyValue b) =>
        a.IsConstant ? (a.Bits != 0 ? b : No) :
        b.IsConstant ? (b.Bits != 0 ? a : No) :
        Apply(BodyOp.And, a, b);

    private BodyValue Not(BodyValue condition) => Apply(BodyOp.Xor, condition, Yes);

    private ref IrInsn Append(IrOp op)
    {
        var result = builder.Block.NewTemp();
        ref var insn = ref builder.Block.Append(op);
        insn.Dst = result;
        return ref insn;
    }

    /// <summary>The word that is meant; an index that is known goes into its address.</summary>
    private IrHook HookAt(ScoreboardEntry entry, ref BodyValue index)
    {
        var address = HookList.AddressOf(entry);
        if (index.IsConstant)
            (address, index) = (address + (nint)index.Bits * sizeof(ulong), No);
        return new IrHook { Callback = -1, Entry = address, Stride = entry.Board.Stride, Owner = _owner };
    }

    private BodyValue Of(IrValue value) => value.IsConstant ? BodyValue.Of(builder.Block.ConstantOf(value)) : Keep(value);

    private IrValue At(BodyValue value) =>
        value.IsConstant ? builder.Constant(value.Bits) :
        (value.Bits & 1) == 0 ? IrValue.Temp((int)(value.Bits >> 1)) :
        IrValue.Global((int)(value.Bits >> 1));

    private static BodyValue Keep(IrValue value) => BodyValue.Computed(((ulong)value.Index << 1) | (value.IsGlobal ? 1UL : 0UL));
}
