using Emu.Ir;
using Emu.Ir.Float;
using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Backend.Tests.Differential;

/// <summary>Every floating-point op in every rounding mode: result and flags, also when inexact is raised already, which is when the host computes.</summary>
public sealed class FloatTests : IDisposable
{
    private const int Samples = 60;

    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    public static IEnumerable<IrOp> Ops() => [.. Enum.GetValues<IrOp>().Where(op => op is >= IrOp.FloatAdd and <= IrOp.FloatNarrow)];

    [Test]
    [MethodDataSource(nameof(Ops))]
    public void Float_ops_round_and_raise_as_the_evaluator_does(IrOp op)
    {
        var random = new Random((int)op);
        int[] sizes = (IrOps.OperandsOf(op) & IrOperands.Size) != 0 ? [4, 8] : [0];
        IrRounding[] modes = op == IrOp.FloatClass ? [default] : Enum.GetValues<IrRounding>();
        foreach (var size in sizes)
            foreach (var mode in modes)
                for (var sample = 0; sample < Samples; sample++)
                    Check(op, size, mode, random, sample);
    }

    private void Check(IrOp op, int size, IrRounding mode, Random random, int sample)
    {
        var operands = IrOps.OperandsOf(op);
        var start = new StartState { RoundingMode = (uint)random.Next(8), FloatFlags = sample % 2 == 0 ? (uint)random.Next(32) : FloatFlags.Inexact };
        var block = TestBlock.Of(ir => ir.Append(new IrInsn
        {
            Op = op,
            Size = (byte)size,
            Flags = (IrFlags)mode,
            Dst = IrValue.Global(TestBlock.Offset(8)),
            A = ir.Operand(start, random.Pick(Operands.Kinds), 5, Value(op, size, random)),
            B = (operands & IrOperands.B) != 0 ? ir.Operand(start, random.Pick(Operands.Kinds), 6, Value(op, size, random)) : default,
            C = (operands & IrOperands.C) != 0 ? ir.Operand(start, random.Pick(Operands.Kinds), 7, Value(op, size, random)) : default,
        }));
        _comparison.Check(block, start, $"{op} {size} {mode}, sample {sample}");
    }

    /// <summary>An integer, or a pattern of the op's width with the upper half clear as the IR promises.</summary>
    private static ulong Value(IrOp op, int size, Random random)
    {
        if (op is >= IrOp.FloatFromInt32 and <= IrOp.FloatFromUInt64)
            return random.NextInteger();
        var isSingle = size == 4 || op == IrOp.FloatWiden;
        return isSingle ? (uint)random.NextFloat() : random.NextFloat();
    }
}
