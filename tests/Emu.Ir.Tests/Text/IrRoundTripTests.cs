using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Ir.Tests.Text;

public class IrRoundTripTests
{
    private static readonly unsafe int Helper = IrHelpers.Register("test_round_trip", &Sum);

    [Test]
    public async Task RandomBlocksReadBackAsTheyWere()
    {
        var options = new RandomBlockOptions
        {
            Ops = RandomOps.All,
            Helpers = [Helper],
            ScoreboardEntry = -16,
        };
        for (var seed = 0; seed < 1000; seed++)
        {
            var block = new IrBlock();
            new RandomBlock(new Random(seed), options).Fill(block);
            var names = seed % 2 == 0 ? TestRegisters.Names : null;
            var text = IrPrinter.ToText(block, names);
            var copy = IrParser.Parse(text, names);
            await Assert.That(IrVerifier.ErrorIn(block)).IsNull().Because($"seed {seed}");
            await Assert.That(AreSame(block, copy)).IsTrue().Because($"seed {seed}\n{text}");
            await Assert.That(IrPrinter.ToText(copy, names)).IsEqualTo(text).Because($"seed {seed}");
        }
    }

    [Test]
    public async Task EveryOpHasAText()
    {
        foreach (var op in Enum.GetValues<IrOp>())
        {
            var block = new IrBlock();
            block.Reset(0x1000);
            block.Append(op) = AnyInsn(op, block);
            var copy = IrParser.Parse(IrPrinter.ToText(block));
            await Assert.That(AreSame(block, copy)).IsTrue().Because(IrPrinter.ToText(block));
        }
    }

    private static IrInsn AnyInsn(IrOp op, IrBlock block)
    {
        var operands = IrOps.OperandsOf(op);
        return new IrInsn
        {
            Op = op,
            Dst = (operands & IrOperands.Dst) != 0 ? block.NewTemp() : default,
            A = (operands & IrOperands.A) != 0 ? IrValue.Global(264) : default,
            B = (operands & IrOperands.B) != 0 ? block.AddConstant(0x8000000000000000) : default,
            C = (operands & IrOperands.C) != 0 ? block.AddConstant(ulong.MaxValue) : default,
            Size = (operands & IrOperands.Size) != 0 ? (byte)4 : default,
            Imm = op == IrOp.CallHelper ? Helper : (operands & IrOperands.Imm) != 0 ? 1 : 0,
        };
    }

    private static bool AreSame(IrBlock left, IrBlock right) =>
        (left.Pc, left.EndPc, left.InstructionCount, left.TempCount, left.Count)
            == (right.Pc, right.EndPc, right.InstructionCount, right.TempCount, right.Count)
        && left.Hooks.ToArray().Select(WithoutTrace).SequenceEqual(right.Hooks.ToArray().Select(WithoutTrace))
        && Enumerable.Range(0, left.Count).All(index => AreSame(left, left.Insns[index], right, right.Insns[index]));

    private static bool AreSame(IrBlock left, IrInsn a, IrBlock right, IrInsn b) =>
        (a.Op, a.Size, a.Flags, a.Imm, a.Dst) == (b.Op, b.Size, b.Flags, b.Imm, b.Dst)
        && AreSame(left, a.A, right, b.A) && AreSame(left, a.B, right, b.B) && AreSame(left, a.C, right, b.C);

    /// <summary>Constants may lie in different places.</summary>
    private static bool AreSame(IrBlock left, IrValue a, IrBlock right, IrValue b) =>
        a.IsConstant && b.IsConstant ? left.ConstantOf(a) == right.ConstantOf(b) : a == b;

    /// <summary>Traces are the same if their texts are.</summary>
    private static IrHook WithoutTrace(IrHook hook) => hook with { Trace = null };

    private static unsafe ulong Sum(void* state, ulong a, ulong b) => a + b;
}
