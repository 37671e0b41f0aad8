using Emu.Backend.X64;
using Emu.Guest.RiscV;
using Emu.Ir;
using Emu.Ir.Passes;
using Emu.Ir.Reference.RandomBlocks;

namespace Emu.Backend.Tests.Differential;

/// <summary>Blocks end in the same state on a host that lacks what can be lacked, and without the instructions that it lacks.</summary>
public sealed class MaskedFeatureTests
{
    private const int Samples = 200;

    public static IEnumerable<(HostFeature, IrOp, string)> Features() =>
        [(HostFeature.Fma, IrOp.FloatMulAdd, "vfmadd"), (HostFeature.Popcnt, IrOp.PopCount, "popcnt"), (HostFeature.Lzcnt, IrOp.CountLeadingZeros, "lzcnt")];

    [Test]
    [MethodDataSource(nameof(Features))]
    public void An_op_computes_the_same_without_its_feature(HostFeature feature, IrOp op, string mnemonic)
    {
        _ = mnemonic;
        using var comparison = new Comparison(($"x64 without {feature}", new X64Run(feature)));
        var random = new Random((int)op);
        for (var sample = 0; sample < Samples; sample++)
        {
            var start = new StartState { RoundingMode = (uint)random.Next(5) };
            comparison.Check(TestBlock.Of(ir => ir.Append(NewInsn(op, start, ir, random))), start, $"{op}, sample {sample}");
        }
    }

    [Test]
    [MethodDataSource(nameof(Features))]
    public async Task An_instruction_is_used_where_the_host_has_it_and_nowhere_else(HostFeature feature, IrOp op, string mnemonic)
    {
        await Assert.That(TextOf(op, HostFeature.None)).Contains(mnemonic);
        await Assert.That(TextOf(op, feature)).DoesNotContain(mnemonic);
    }

    [Test]
    [Arguments(PassSet.None)]
    [Arguments(PassSet.All)]
    public void Random_blocks_end_in_the_same_state_without_any_of_them(PassSet passes)
    {
        using var comparison = new Comparison(("x64 without all", new X64Run(~HostFeatures.Needed)));
        var options = new RandomBlockOptions { Ops = RandomOps.Memory | RandomOps.Float, MemoryStart = StartState.MemoryStart, MemorySize = StartState.MemorySize };
        var (pipeline, block) = (new IrPipeline(passes) { IsVerifying = true }, new IrBlock());
        foreach (var seed in RandomSeeds.Of(1))
        {
            new RandomBlock(new Random(seed), options).Fill(block);
            comparison.Check(block, new StartState(seed, options), pipeline, $"seed {seed}");
        }
    }

    private static IrInsn NewInsn(IrOp op, StartState start, IrBuilder ir, Random random)
    {
        IrValue Operand(int register) => ir.Operand(start, random.Pick(Operands.Kinds), register, op == IrOp.FloatMulAdd ? random.NextFloat() : random.NextInteger());
        var isFloat = op == IrOp.FloatMulAdd;
        return new IrInsn
        {
            Op = op,
            Size = (byte)(isFloat ? 8 : 0),
            Flags = isFloat ? (IrFlags)IrRounding.Dynamic : default,
            Dst = IrValue.Global(TestBlock.Offset(8)),
            A = Operand(5),
            B = isFloat ? Operand(6) : default,
            C = isFloat ? Operand(7) : default,
        };
    }

    private static string TextOf(IrOp op, HostFeature without)
    {
        using var run = new X64Run(without);
        var start = new StartState();
        var random = new Random(1);
        run.Emit(TestBlock.Of(ir => ir.Append(NewInsn(op, start, ir, random))));
        var text = new StringWriter();
        unsafe
        {
            run.Backend.Print(run.Record, text);
        }

        return text.ToString();
    }
}
