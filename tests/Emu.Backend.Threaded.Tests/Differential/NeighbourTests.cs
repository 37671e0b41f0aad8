using Emu.Ir;
using Emu.Ir.Passes;

namespace Emu.Backend.Tests.Differential;

/// <summary>Ops that a backend does together: comparisons in front of choices and branches, chains of 32-bit ops whose upper halves nobody sees, results that are overwritten soon.</summary>
public sealed class NeighbourTests : IDisposable
{
    /// <summary>Registers that a backend may keep in the host's, and such that it may not.</summary>
    private static readonly int[] Registers = [10, 11, 5, 7];

    private static readonly IrOp[] Comparisons = [IrOp.SetEqual, IrOp.SetNotEqual, IrOp.SetLessSigned, IrOp.SetLessUnsigned];

    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Test]
    public void A_choice_behind_a_comparison()
    {
        foreach (var op in Comparisons)
            foreach (var a in Registers)
                foreach (var target in Registers)
                    foreach (var (first, second) in new[] { (3UL, 3UL), (1UL, 2UL), (2UL, 1UL), (ulong.MaxValue, 1UL), (0UL, 0UL) })
                    {
                        CheckChoice(op, a, target, first, ir => ir.Constant(second), isOldFirst: true);
                        CheckChoice(op, a, target, first, ir => ir.Constant(second), isOldFirst: false);
                        CheckChoice(op, a, target, first, _ => IrValue.Global(TestBlock.Offset(12)), isOldFirst: true, second);
                        CheckChoice(op, a, target, first, _ => IrValue.Global(TestBlock.Offset(6)), isOldFirst: false, second);
                    }
    }

    private void CheckChoice(IrOp op, int a, int target, ulong first, Func<IrBuilder, IrValue> b, bool isOldFirst, ulong second = 0)
    {
        var start = new StartState();
        Set(start, 12, second);
        Set(start, 6, second);
        Set(start, target, 77);
        Set(start, a, first);
        var block = TestBlock.Of(ir =>
        {
            var (old, compared) = (IrValue.Global(TestBlock.Offset(target)), b(ir));
            var sum = ir.Add(old, ir.Constant(5UL));
            var test = ir.Block.NewTemp();
            ir.Append(new IrInsn { Op = op, Dst = test, A = IrValue.Global(TestBlock.Offset(a)), B = compared });
            ir.SetGlobal(old.Index, ir.Select(test, isOldFirst ? old : sum, isOldFirst ? sum : old));
        });
        _comparison.Check(block, start, new IrPipeline(), $"{op} x{a} x{target} {first} {second} {isOldFirst}");
    }

    [Test]
    public void A_choice_on_a_result_that_it_overwrites()
    {
        foreach (var op in Comparisons)
            foreach (var register in Registers)
                foreach (var (first, second) in new[] { (2UL, 3UL), (5UL, 0UL), (ulong.MaxValue, 2UL) })
                {
                    var start = new StartState();
                    Set(start, 12, first);
                    Set(start, 13, second);
                    var block = TestBlock.Of(ir =>
                    {
                        var (result, a, b) = (IrValue.Global(TestBlock.Offset(register)), IrValue.Global(TestBlock.Offset(12)), IrValue.Global(TestBlock.Offset(13)));
                        ir.Append(new IrInsn { Op = IrOp.Add, Dst = result, A = a, B = b });
                        var test = ir.Block.NewTemp();
                        ir.Append(new IrInsn { Op = op, Dst = test, A = result, B = ir.Constant(5UL) });
                        ir.SetGlobal(result.Index, ir.Select(test, a, b));
                    });
                    _comparison.Check(block, start, new IrPipeline(), $"{op} x{register} {first} {second}");
                }
    }

    [Test]
    public void Chains_of_ops_of_32_bits_that_are_overwritten_and_that_are_not()
    {
        var ops = new[] { IrOp.Add32, IrOp.Sub32, IrOp.Shl32, IrOp.Shr32, IrOp.Sar32, IrOp.Mul32, IrOp.RotateRight32, IrOp.DivSigned32, IrOp.RemUnsigned32, IrOp.SignExtend32 };
        var readers = new[] { IrOp.Add32, IrOp.Add, IrOp.Xor, IrOp.AndNot, IrOp.SignExtend16, IrOp.ZeroExtend32, IrOp.ScaledAdd4, IrOp.Shr, IrOp.SetLessSigned, IrOp.MulHighUnsigned, IrOp.CarrylessMul };
        foreach (var op in ops)
            foreach (var reader in readers)
                foreach (var register in Registers)
                    foreach (var isOverwritten in new[] { true, false })
                        foreach (var value in new ulong[] { 0x7FFF_FFFF, 0xFFFF_FFFF_8000_0001, 0x1234_5678_9ABC_DEF0 })
                            CheckChain(op, reader, register, isOverwritten, value);
    }

    private void CheckChain(IrOp op, IrOp reader, int register, bool isOverwritten, ulong value)
    {
        var start = new StartState();
        Set(start, 12, value);
        Set(start, 13, 3);
        var block = TestBlock.Of(ir =>
        {
            var (middle, other, amount) = (IrValue.Global(TestBlock.Offset(register)), IrValue.Global(TestBlock.Offset(12)), IrValue.Global(TestBlock.Offset(13)));
            ir.Append(new IrInsn { Op = op, Dst = middle, A = other, B = op == IrOp.SignExtend32 ? IrValue.None : amount });
            var isUnary = reader is IrOp.SignExtend16 or IrOp.ZeroExtend32;
            ir.Append(new IrInsn { Op = reader, Dst = isOverwritten ? middle : IrValue.Global(TestBlock.Offset(28)), A = middle, B = isUnary ? IrValue.None : amount });
        });
        _comparison.Check(block, start, $"{op} {reader} x{register} {isOverwritten} {value:x}");
    }

    [Test]
    [Arguments(IrOp.And)]
    [Arguments(IrOp.Add)]
    [Arguments(IrOp.Sub32)]
    [Arguments(IrOp.Shl)]
    [Arguments(IrOp.Shr32)]
    public void A_branch_on_the_result_of_the_op_before(IrOp op)
    {
        foreach (var condition in Enum.GetValues<IrCondition>())
            foreach (var register in Registers)
                foreach (var value in new ulong[] { 0, 1, 2, ulong.MaxValue, 1UL << 63, 1UL << 31, long.MaxValue })
                    foreach (var target in new[] { TestBlock.Pc - 0x40UL, TestBlock.Pc + 0x80UL })
                    {
                        var start = new StartState();
                        Set(start, 12, value);
                        var block = TestBlock.Of(ir =>
                        {
                            var result = IrValue.Global(TestBlock.Offset(register));
                            ir.Append(new IrInsn { Op = op, Dst = result, A = IrValue.Global(TestBlock.Offset(12)), B = ir.Constant(1UL) });
                            ir.Branch(condition, result, ir.Constant(0UL), target);
                        });
                        _comparison.Check(block, start, $"{op} {condition} x{register} {value:x}");
                    }
    }

    [Test]
    public void A_jump_clears_the_lowest_bit_of_its_address()
    {
        foreach (var register in Registers)
            foreach (var address in new ulong[] { 0x10400, 0x10401, ulong.MaxValue })
            {
                var start = new StartState();
                Set(start, register, address);
                var block = TestBlock.Of(ir =>
                {
                    var target = ir.And(IrValue.Global(TestBlock.Offset(register)), ir.Constant(~1UL));
                    ir.SetGlobal(TestBlock.Offset(1), ir.Constant(0x10004UL));
                    ir.JumpIndirect(target);
                });
                _comparison.Check(block, start, $"x{register} {address:x}");
            }
    }

    private static void Set(StartState start, int register, ulong value) => start[TestBlock.Offset(register)] = value;
}
