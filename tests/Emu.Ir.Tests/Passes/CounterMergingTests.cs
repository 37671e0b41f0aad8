using Emu.Ir.Passes;
using TUnit.Assertions.Enums;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class CounterMergingTests
{
    private const string OneEntry = "hook entry=0x100 stride=0x10 value=0x1\nhook entry=0x100 stride=0x10 value=0x3\n";

    [Test]
    public async Task AdditionsToOneEntryBecomeOneAtTheLast()
    {
        var block = TestBlocks.Of(OneEntry + "ScoreboardAdd #0\na0 = Add a1, 0x1\nScoreboardAdd #1\na1 = Mov a0\nScoreboardAdd #1");
        new IrPipeline(PassSet.Counters) { IsVerifying = true }.Run(block);
        var addition = await Assert.That(block.Insns.ToArray()).HasSingleItem(static insn => insn.Op == IrOp.ScoreboardAdd);
        await Assert.That(block.Hooks[(int)addition.Imm].Immediate).IsEqualTo(7UL);
        await Assert.That(((nint, int))(block.Hooks[(int)addition.Imm].Entry, block.Hooks[(int)addition.Imm].Stride)).IsEqualTo((0x100, 16));
        await Assert.That(block.Insns[^2].Op).IsEqualTo(IrOp.ScoreboardAdd);
    }

    [Test]
    [Arguments("a0 = Load.8 [a1]")]
    [Arguments("Store.8 [a1], a2")]
    [Arguments("a0 = AtomicAdd.8 a1, a2")]
    [Arguments("f0 = FloatAdd.8.dyn f1, f2")]
    [Arguments("PluginExec #0")]
    [Arguments("PluginCondExec #0")]
    [Arguments("ScoreboardStore #1")]
    [Arguments("TraceAppend a1, 0x0, 0x0, #1")]
    public async Task WhateverMayLookOrLeaveKeepsThemApart(string between) => await Keeps(PassSet.Counters, $"{OneEntry}ScoreboardAdd #0\n{between}\nScoreboardAdd #0");

    [Test]
    [Arguments("entry=0x108 stride=0x10")]
    [Arguments("entry=0x100 stride=0x8")]
    public async Task OtherEntriesStayApart(string other) => await Keeps(PassSet.Counters, $"hook entry=0x100 stride=0x10 value=0x1\nhook {other} value=0x1\nScoreboardAdd #0\nScoreboardAdd #1");

    [Test]
    public async Task EntriesInTurnAreMergedEach()
    {
        var block = TestBlocks.Of(
            "hook entry=0x100 stride=0x10 value=0x1\nhook entry=0x108 stride=0x10 value=0x2\nScoreboardAdd #0\nScoreboardAdd #1\na0 = Mov 0x1\nScoreboardAdd #0\nScoreboardAdd #1");
        new IrPipeline(PassSet.Counters) { IsVerifying = true }.Run(block);
        var sums = block.Insns.ToArray().Where(static insn => insn.Op == IrOp.ScoreboardAdd).Select(insn => (block.Hooks[(int)insn.Imm].Entry, block.Hooks[(int)insn.Imm].Immediate));
        await Assert.That(sums.ToArray()).IsEquivalentTo([((nint)0x100, 2UL), ((nint)0x108, 4UL)], CollectionOrdering.Matching);
    }

    [Test]
    public async Task WhatASkipMayLeaveOutIsNotMerged() => await Keeps(
        PassSet.Counters, OneEntry + "a0 = StoreConditional.8 a1, a2\nSkipUnlessZero a0, 2\nScoreboardAdd #0\nScoreboardAdd #1\nScoreboardAdd #0");
}
