using Emu.Ir;

namespace Emu.Backend.Tests.Differential;

/// <summary>Instrumentation ops: what they do to the scoreboard of each vCPU, and when callbacks come.</summary>
public sealed class PluginTests : IDisposable
{
    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(3)]
    public async Task Inline_operations_change_the_entry_of_the_vcpu_that_runs(int vcpu)
    {
        var block = TestBlock.Of(
            ir => ir.ScoreboardAdd(ir.Block.AddHook(Hook(immediate: 5))),
            ir => ir.ScoreboardAdd(ir.Block.AddHook(Hook(immediate: ulong.MaxValue))),
            ir => ir.ScoreboardStore(ir.Block.AddHook(Hook(immediate: 9) with { Entry = Scoreboards.Address + sizeof(ulong) })));
        _comparison.Check(block, new StartState { VCpuIndex = vcpu }, $"vCPU {vcpu}");
        var expected = Enumerable.Range(0, Scoreboards.VCpus).SelectMany(index => index == vcpu ? (string[])["4", "9", "0"] : ["0", "0", "0"]);
        await Assert.That(Scoreboards.Text).IsEqualTo(string.Join(' ', expected));
    }

    [Test]
    [Arguments(IrHookCondition.Always)]
    [Arguments(IrHookCondition.Equal)]
    [Arguments(IrHookCondition.NotEqual)]
    [Arguments(IrHookCondition.Less)]
    [Arguments(IrHookCondition.LessOrEqual)]
    [Arguments(IrHookCondition.Greater)]
    [Arguments(IrHookCondition.GreaterOrEqual)]
    public void A_conditional_callback_compares_the_vcpus_entry_unsigned(IrHookCondition condition)
    {
        foreach (var entry in new ulong[] { 0, 4, 5, 6, 1UL << 63 })
            for (var vcpu = 0; vcpu < Scoreboards.VCpus; vcpu++)
            {
                var block = TestBlock.Of(ir =>
                {
                    ir.ScoreboardStore(ir.Block.AddHook(Hook(entry)));
                    ir.PluginCondExec(ir.Block.AddHook(Hook(immediate: 5) with { Condition = condition, UserData = -7 }));
                    ir.PluginExec(ir.Block.AddHook(Hook(0) with { Callback = 1 }));
                });
                _comparison.Check(block, new StartState { VCpuIndex = vcpu }, $"{condition} {entry} vCPU {vcpu}");
            }
    }

    [Test]
    public void A_memory_callback_gets_address_value_size_and_direction()
    {
        foreach (var size in (byte[])[1, 2, 4, 8])
            foreach (var flags in (IrFlags[])[IrFlags.None, IrFlags.Signed, IrFlags.IsStore])
                foreach (var kind in Operands.Kinds)
                {
                    var start = new StartState();
                    var block = TestBlock.Of(ir => ir.PluginMem(
                        ir.Operand(start, kind, 5, 0x20010), ir.Operand(start, kind, 6, 0x8182838485868788), ir.Block.AddHook(Hook(0) with { Displacement = -16 }), size, flags));
                    _comparison.Check(block, start, $"{size} {flags} {kind}");
                }
    }

    [Test]
    [Arguments(0UL)]
    [Arguments(1UL)]
    [Arguments(1UL << 63)]
    public void Ops_are_skipped_unless_the_operand_is_zero(ulong failed)
    {
        for (var skipped = 0; skipped < 4; skipped++)
            foreach (var kind in Operands.Kinds)
            {
                var start = new StartState { VCpuIndex = 2 };
                var block = TestBlock.Of(ir =>
                {
                    ir.SkipUnlessZero(ir.Operand(start, kind, 5, failed), skipped);
                    // Constants are put in place by ops of their own, which are skipped as well.
                    for (var number = 0; number < 3; number++)
                        ir.PluginMem(ir.Constant(0x20010), ir.Constant((ulong)number), ir.Block.AddHook(Hook(0)), 8, IrFlags.IsStore);
                    ir.ScoreboardAdd(ir.Block.AddHook(Hook(1)));
                });
                _comparison.Check(block, start, $"{failed} skips {skipped}, {kind}");
            }
    }

    [Test]
    public void Words_of_the_entry_are_read_written_and_added_to()
    {
        foreach (var index in Operands.Kinds)
            foreach (var value in Operands.Kinds)
                for (var word = 0UL; word < Scoreboards.Stride / sizeof(ulong); word++)
                {
                    var start = new StartState { VCpuIndex = (int)word };
                    var block = TestBlock.Of(
                        ir => ir.ScoreboardStore(ir.Block.AddHook(Hook(immediate: 5) with { Entry = Scoreboards.Address + (nint)word * sizeof(ulong) })),
                        ir => ir.ScoreboardAddAt(ir.Operand(start, index, 5, word), ir.Operand(start, value, 6, 0x8182838485868788), ir.Block.AddHook(Hook(0))),
                        ir => ir.SetGlobal(TestBlock.Offset(7), ir.ScoreboardReadAt(ir.Operand(start, index, 5, word), ir.Block.AddHook(Hook(0)))),
                        ir =>
                        {
                            var read = ir.ScoreboardReadAt(ir.Operand(start, index, 5, word), ir.Block.AddHook(Hook(0)));
                            ir.ScoreboardWriteAt(ir.Constant(1UL), ir.Xor(read, ir.Operand(start, value, 8, 77)), ir.Block.AddHook(Hook(0)));
                        });
                    _comparison.Check(block, start, $"word {word} by {index}, value by {value}");
                }
    }

    private static IrHook Hook(ulong immediate) => new() { Entry = Scoreboards.Address, Stride = Scoreboards.Stride, Immediate = immediate };
}
