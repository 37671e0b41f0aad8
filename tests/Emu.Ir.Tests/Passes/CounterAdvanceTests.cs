using Emu.Ir.Passes;
using Emu.Ir.Text;

namespace Emu.Ir.Tests.Passes;

/// <summary>Pass <c>advance</c>: one addition at the place of the first, and beside the block what is to be taken back where it is left before its end.</summary>
public class CounterAdvanceTests
{
    // Three instructions of four bytes that count themselves; the second and the third may fault.
    private const string ThreeInstructions =
        """
        hook entry=0x100 stride=0x10 value=0x1
        InsnStart.4 0x1000
        ScoreboardAdd #0
        a0 = Add a1, 0x1
        InsnStart.4 0x1004
        ScoreboardAdd #0
        a2 = Load.8 [a1]
        InsnStart.4 0x1008
        ScoreboardAdd #0
        Store.8 [a1], a2
        """;

    [Test]
    public async Task AdditionsAcrossAccessesBecomeOneAtTheFirst()
    {
        var block = Run(ThreeInstructions);
        var additions = block.Insns.ToArray().Where(static insn => insn.Op == IrOp.ScoreboardAdd).ToArray();
        await Assert.That(additions.Length).IsEqualTo(1);
        await Assert.That(block.Hooks[(int)additions[0].Imm].Immediate).IsEqualTo(3UL);
        await Assert.That(Array.FindIndex(block.Insns.ToArray(), static insn => insn.Op == IrOp.ScoreboardAdd)).IsEqualTo(1);
    }

    /// <summary>An instruction that faults was begun and counts; those behind it do not.</summary>
    [Test]
    [Arguments(4, 2)]
    [Arguments(8, 3)]
    public async Task WhatWasNotDueIsTakenBackWhereTheBlockIsLeft(int offset, int executed)
    {
        var taken = 0UL;
        foreach (var sum in Run(ThreeInstructions).Early.ToArray())
            if (sum.From < 2 * offset + 1 && 2 * offset + 1 < sum.Until)
                taken += sum.Amount;
        await Assert.That(3 - taken).IsEqualTo((ulong)executed);
    }

    /// <summary>An addition behind an access is not due when that access faults.</summary>
    [Test]
    public async Task AdditionsBehindAnAccessAreDueOnceItSucceeded()
    {
        var block = Run(
            """
            hook entry=0x100 stride=0x10 value=0x1
            InsnStart.4 0x1000
            a2 = Load.8 [a1]
            ScoreboardAdd #0
            InsnStart.4 0x1004
            a3 = Load.8 [a1 + 0x8]
            ScoreboardAdd #0
            """);
        var early = block.Early.ToArray();
        await Assert.That(early.Length).IsEqualTo(1);
        await Assert.That((early[0].From, early[0].Until, early[0].Amount)).IsEqualTo((2, 10, 1UL));
    }

    [Test]
    [Arguments("PluginExec #0")]
    [Arguments("PluginCondExec #0")]
    [Arguments("ScoreboardStore #0")]
    public async Task WhoeverMayLookAtTheEntryKeepsThemApart(string between)
    {
        var block = Run($"hook entry=0x100 stride=0x10 value=0x1\nInsnStart.4 0x1000\nScoreboardAdd #0\n{between}\nScoreboardAdd #0");
        await Assert.That(block.Insns.ToArray().Count(static insn => insn.Op == IrOp.ScoreboardAdd)).IsEqualTo(2);
        await Assert.That(block.Early.Length).IsEqualTo(0);
    }

    private static IrBlock Run(string text)
    {
        var insns = text.Split("InsnStart").Length - 1;
        var block = IrParser.Parse($"block 0x1000 end=0x{0x1000 + (4 * insns):x} insns={insns}\n{text}\nJump 0x2000", TestRegisters.Names);
        new IrPipeline(PassSet.Counters | PassSet.Advance) { IsVerifying = true }.Run(block);
        return block;
    }
}
