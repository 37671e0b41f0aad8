using Emu.Ir.Float;
using Emu.Ir.Reference;

namespace Emu.Ir.Tests.Float;

/// <summary>How the reference interpreter calls <see cref="FloatEvaluator"/>: rounding mode, size and flags from the right places.</summary>
public sealed class ReferenceFloatTests
{
    private const int F1 = 512 + 8;

    [Test]
    [Arguments(IrRounding.Up, IrRounding.Down, 0x3ff0000000000001)]
    [Arguments(IrRounding.Down, IrRounding.Up, 0x3ff0000000000000)]
    [Arguments(IrRounding.Dynamic, IrRounding.Up, 0x3ff0000000000001)]
    [Arguments(IrRounding.Dynamic, IrRounding.Down, 0x3ff0000000000000)]
    public async Task TheModeIsTheInstructionsOrTheStates(IrRounding named, IrRounding current, ulong sum)
    {
        var block = TestBlocks.Of("f1 = FloatAdd.8 0x3ff0000000000000, 0x1");
        block.Insns[1].Flags = (IrFlags)named;
        var state = new ReferenceState(1024, StateLayout.Default);
        state.RoundingMode = (uint)current;
        state.FloatFlags = FloatFlags.DivideByZero;
        new ReferenceInterpreter(state, new ReferenceMemory(0, 0), new HookLog()).Run(block);
        await Assert.That(state[F1]).IsEqualTo(sum);
        await Assert.That(state.FloatFlags).IsEqualTo(FloatFlags.DivideByZero | FloatFlags.Inexact);
    }
}
