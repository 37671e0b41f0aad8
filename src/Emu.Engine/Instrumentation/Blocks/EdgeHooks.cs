using Emu.Ir;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Puts the hooks of edges where an instruction has computed where it goes: before the block's terminal; in a trace before a way out, or where the next instruction stands.</summary>
internal sealed class EdgeHooks(IrBuilder builder, HookList hooks, HookEmitter emitter, BlockView view, int stackPointer)
{
    /// <summary>Appends what the edges of instruction <paramref name="point"/>, at <paramref name="pc"/>, ask for.</summary>
    /// <param name="next">Where the block goes on or is left: a terminal, a way out, or the next instruction's start.</param>
    /// <param name="point">The instruction.</param>
    /// <param name="pc">Its guest address.</param>
    /// <param name="fallThrough">Guest address behind it.</param>
    public void Emit(in IrInsn next, int point, ulong pc, ulong fallThrough)
    {
        if (!HasAny(point))
            return;
        switch (next.Op)
        {
            case IrOp.Branch or IrOp.LeaveIf:
                // A trace is left where the branch does not usually go.
                var isInverse = next.Op == IrOp.LeaveIf && (ulong)next.Imm == fallThrough;
                Emit(EdgeKind.Taken, point, pc, Known(view.TargetAt(point)!.Value), next, unlessHolds: isInverse);
                Emit(EdgeKind.FallThrough, point, pc, Known(fallThrough), next, unlessHolds: !isInverse);
                break;
            case IrOp.Jump or IrOp.InsnStart:
                Emit(EdgeKind.Taken, point, pc, Known((ulong)next.Imm));
                break;
            case IrOp.JumpIndirect:
                Emit(EdgeKind.Taken, point, pc, next.A);
                break;
            case IrOp.LeaveUnless:
                Emit(EdgeKind.Taken, point, pc, builder.And(next.A, Known((ulong)next.Imm)));
                break;
        }
    }

    private bool HasAny(int point)
    {
        for (var i = hooks.FirstAt(point); i >= 0; i = hooks.NextOf(i))
            if (hooks[i].Edges != EdgeKind.None)
                return true;
        return false;
    }

    private void Emit(EdgeKind kind, int point, ulong pc, IrValue target, in IrInsn branch = default, bool unlessHolds = false)
    {
        var unless = IrValue.None;
        for (var i = hooks.FirstAt(point); i >= 0; i = hooks.NextOf(i))
        {
            ref readonly var pending = ref hooks[i];
            if ((pending.Edges & kind) == 0)
                continue;
            if (unless.IsNone && branch.Op is IrOp.Branch or IrOp.LeaveIf)
                unless = Holds(branch, (IrCondition)branch.Flags, isInverse: !unlessHolds);
            var place = new LoweredAccess
            {
                Pc = pc,
                Address = target,
                Value = builder.Global(stackPointer),
                Size = sizeof(ulong),
                Flags = kind == EdgeKind.Taken ? IrFlags.IsStore : IrFlags.None,
                Kind = (byte)kind,
            };
            emitter.Emit(pending, place, unless);
        }
    }

    /// <summary>1 if the branch's condition holds, or its inverse, else 0.</summary>
    private IrValue Holds(in IrInsn branch, IrCondition condition, bool isInverse)
    {
        if (isInverse)
            condition = condition.Inverse();
        return condition switch
        {
            IrCondition.Equal => builder.SetEqual(branch.A, branch.B),
            IrCondition.NotEqual => builder.SetNotEqual(branch.A, branch.B),
            IrCondition.LessSigned => builder.SetLessSigned(branch.A, branch.B),
            IrCondition.LessUnsigned => builder.SetLessUnsigned(branch.A, branch.B),
            IrCondition.GreaterEqualSigned => builder.Xor(builder.SetLessSigned(branch.A, branch.B), Known(1)),
            IrCondition.GreaterEqualUnsigned => builder.Xor(builder.SetLessUnsigned(branch.A, branch.B), Known(1)),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, "no branch condition"),
        };
    }

    private IrValue Known(ulong number) => builder.Constant(number);
}
