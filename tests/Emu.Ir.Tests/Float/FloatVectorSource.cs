using Emu.Ir.Float;

namespace Emu.Ir.Tests.Float;

/// <summary>Seeded random vectors for all ops.</summary>
internal static class FloatVectorSource
{
    /// <summary>An endless sequence; the same one for the same seed.</summary>
    public static IEnumerable<FloatVector> Random(int seed) => Random(seed, FloatVector.HostOps());

    /// <summary>The same for some ops.</summary>
    public static IEnumerable<FloatVector> Random(int seed, IEnumerable<(IrOp Op, int Size)> of)
    {
        var random = new Random(seed);
        var binary16 = new FloatOperands<Binary16>(random);
        var binary32 = new FloatOperands<Binary32>(random);
        var binary64 = new FloatOperands<Binary64>(random);
        var ops = of.ToArray();
        while (true)
        {
            var (op, size) = ops[random.Next(ops.Length)];
            var mode = (IrRounding)random.Next(5);
            yield return (op == IrOp.FloatFromHalf ? 2 : size) switch
            {
                2 => Vector(op, size, mode, binary16),
                4 => Vector(op, size, mode, binary32),
                _ => Vector(op, size, mode, binary64),
            };
        }
    }

    private static FloatVector Vector<TFormat>(IrOp op, int size, IrRounding mode, FloatOperands<TFormat> operands)
        where TFormat : struct, IFloatFormat
    {
        if (op is IrOp.FloatFromInt32 or IrOp.FloatFromUInt32 or IrOp.FloatFromInt64 or IrOp.FloatFromUInt64)
        {
            return new FloatVector(op, size, mode, operands.NextInteger(), 0, 0);
        }
        var used = IrOps.OperandsOf(op);
        var a = operands.Next();
        var b = used.HasFlag(IrOperands.B) ? operands.NextBeside(a) : 0;
        var c = used.HasFlag(IrOperands.C) ? operands.NextBesideProduct(a, b) : 0;
        return new FloatVector(op, size, mode, a, b, c);
    }
}
