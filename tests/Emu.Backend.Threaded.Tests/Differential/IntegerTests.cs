using Emu.Ir;

namespace Emu.Backend.Tests.Differential;

/// <summary>Every pure integer op, with operands from everywhere and results to everywhere.</summary>
public sealed class IntegerTests : IDisposable
{
    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    public static IEnumerable<IrOp> Ops() =>
        [.. Enum.GetValues<IrOp>().Where(op => op.Has(IrProperties.Pure) && !op.Has(IrProperties.Flags) && op is not (IrOp.FloatClass or IrOp.Select))];

    [Test]
    [MethodDataSource(nameof(Ops))]
    public void Integer_ops_compute_what_the_table_says(IrOp op)
    {
        var isBinary = (IrOps.OperandsOf(op) & IrOperands.B) != 0;
        foreach (var aKind in Operands.Kinds)
            foreach (var bKind in isBinary ? Operands.Kinds : [OperandKind.Register])
                foreach (var a in Operands.Edges)
                    foreach (var b in isBinary ? Operands.Edges : [0])
                        Check(op, isBinary, (aKind, a), (bKind, b));
    }

    /// <summary>The result goes to a register of its own, over an operand, and nowhere.</summary>
    private void Check(IrOp op, bool isBinary, (OperandKind Kind, ulong Value) a, (OperandKind Kind, ulong Value) b)
    {
        var start = new StartState();
        var block = TestBlock.Of(ir =>
        {
            var (first, second) = (ir.Operand(start, a.Kind, 5, a.Value), isBinary ? ir.Operand(start, b.Kind, 6, b.Value) : default);
            ir.Append(new IrInsn { Op = op, Dst = IrValue.Global(TestBlock.Offset(7)), A = first, B = second });
            ir.Append(new IrInsn { Op = op, A = first, B = second });
            ir.Append(new IrInsn { Op = op, Dst = IrValue.Global(TestBlock.Offset(5)), A = first, B = second });
            ir.Append(new IrInsn { Op = op, Dst = IrValue.Global(TestBlock.Offset(6)), A = IrValue.Global(TestBlock.Offset(7)), B = second });
        });
        _comparison.Check(block, start, $"{op} {a} {b}");
    }

    [Test]
    public void Select_chooses_by_zero()
    {
        foreach (var aKind in Operands.Kinds)
            foreach (var bKind in Operands.Kinds)
                foreach (var cKind in Operands.Kinds)
                    foreach (var a in new ulong[] { 0, 1, 1UL << 63, 1UL << 32 })
                    {
                        var start = new StartState();
                        var block = TestBlock.Of(ir => ir.Append(new IrInsn
                        {
                            Op = IrOp.Select,
                            A = ir.Operand(start, aKind, 5, a),
                            B = ir.Operand(start, bKind, 6, 11),
                            C = ir.Operand(start, cKind, 7, 22),
                            Dst = IrValue.Global(TestBlock.Offset(7)),
                        }));
                        _comparison.Check(block, start, $"{aKind} {bKind} {cKind} {a}");
                    }
    }
}
