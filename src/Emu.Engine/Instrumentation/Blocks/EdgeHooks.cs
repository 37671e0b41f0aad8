using Emu.Ir;
using Emu.Plugins;

namespace Emu.Engine.Instrumentation.Blocks;

/// <summary>Puts the hooks of edges before a block's terminal, which has computed by then where it goes.</summary>
internal sealed class EdgeHooks(IrBuilder builder, HookList hooks, HookEmitter emitter, int stackPointer)
{
    /// <summary>Appends what the edges of instruction <paramref name="point"/>, at <paramref name="pc"/>, ask for.</summary>
    /// <param name="terminal">Where the block goes on.</param>
    /// <param name="point">The block's last instruction.</param>
    /// <param name="pc">Its guest address.</param>
    public void Emit(in IrInsn terminal, int point, ulong pc)
    {
        switch (terminal.Op)
        {
            case IrOp.Branch:
                Emit(EdgeKind.Taken, point, pc, Known((ulong)terminal.Imm), terminal);
                Emit(EdgeKind.FallThrough, point, pc, Known(builder.Block.EndPc), terminal);
                break;
            case IrOp.Jump:
                Emit(EdgeKind.Taken, point, pc, Known((ulong)terminal.Imm));
                break;
            case IrOp.JumpIndirect:
                Emit(EdgeKind.Taken, point, pc, terminal.A);
                break;
        }
    }

    private void Emit(EdgeKind kind, int point, ulong pc, IrValue target, in IrInsn branch = default)
    {
        var unless = IrValue.None;
        for (var i = hooks.FirstAt(point); i >= 0; i = hooks.NextOf(i))
        {
            ref readonly var pending = ref hooks[i];
            if ((pending.Edges & kind) == 0)
                continue;
            if (unless.IsNone && branch.Op == IrOp.Branch)
                unless = Holds(branch, (IrCondition)branch.Flags, isInverse: kind == EdgeKind.Taken);
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
