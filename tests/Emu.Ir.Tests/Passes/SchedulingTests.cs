using Emu.Ir.Passes;
using TUnit.Assertions.Enums;
using static Emu.Ir.Tests.Passes.PassCheck;

namespace Emu.Ir.Tests.Passes;

public class SchedulingTests
{
    [Test]
    public async Task AUserComesBehindWhatItUses() => await Rewrites(
        PassSet.Schedule,
        """
        a0 = Shl a1, 0x3
        a2 = Shl a3, 0x3
        a4 = Add a0, a5
        a6 = Add a2, a5
        """,
        """
        a0 = Shl a1, 0x3
        a4 = Add a0, a5
        a2 = Shl a3, 0x3
        a6 = Add a2, a5
        """);

    [Test]
    public async Task WhatAUserStillWaitsForComesFirst() => await Rewrites(
        PassSet.Schedule,
        """
        a0 = Shl a1, 0x7
        a3 = Mov a4
        a2 = Shr a1, 0x39
        a0 = Or a0, a2
        """,
        """
        a0 = Shl a1, 0x7
        a2 = Shr a1, 0x39
        a0 = Or a0, a2
        a3 = Mov a4
        """);

    [Test]
    public async Task WhatTheNextInstructionTakesComesLast() => await Rewrites(
        PassSet.Schedule,
        """
        a0 = Add a0, 0x8
        a1 = Add a1, 0x8
        a2 = Mov a3
        a4 = Load.8 [a0]
        """,
        """
        a1 = Add a1, 0x8
        a2 = Mov a3
        a0 = Add a0, 0x8
        a4 = Load.8 [a0]
        """);

    [Test]
    [Arguments("a0 = Mov 0x1\na3 = Mov a0\na0 = Mov 0x2\na4 = Mov a0")] // written twice
    [Arguments("a0 = Mov a2\na1 = Mov a0\na2 = Mov 0x1\na2 = Add a2, a1")] // read before it is overwritten
    public async Task OrderThatMattersStays(string body) => await Keeps(PassSet.Schedule, body);

    [Test]
    [Arguments("Store.8 [a6], a7")]
    [Arguments("a7 = Load.8 [a6]")]
    [Arguments("Fence")]
    [Arguments("f0 = FloatAdd.8 f1, f2")]
    public async Task NothingPassesAnInstructionThatDoesMore(string between) => await Keeps(
        PassSet.Schedule, $"a0 = Shl a1, 0x3\na2 = Shl a3, 0x3\n{between}\na4 = Add a0, a5\na6 = Add a2, a5");

    [Test]
    public async Task LongStretchesAreOrderedInParts()
    {
        var lines = Enumerable.Range(1, 60).SelectMany(static number => (string[])[$"a0 = Add a0, 0x{number:x}", $"a1 = Add a1, 0x{number:x}"]);
        var block = TestBlocks.Of(string.Join('\n', lines));
        var (first, second) = (block.Insns[1].Dst, block.Insns[2].Dst);
        new IrPipeline(PassSet.Schedule) { IsVerifying = true }.Run(block);
        foreach (var register in (IrValue[])[first, second])
        {
            var added = block.Insns.ToArray().Where(insn => insn.Dst == register).Select(insn => block.ConstantOf(insn.B));
            await Assert.That(added).IsEquivalentTo(Enumerable.Range(1, 60).Select(static number => (ulong)number), CollectionOrdering.Matching);
        }

        await Assert.That(block.Insns[2].Dst).IsEqualTo(first);
    }
}
