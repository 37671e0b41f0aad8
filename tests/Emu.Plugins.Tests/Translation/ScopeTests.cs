using Emu.Backend.X64;
using Emu.Engine.Instrumentation;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Translation;

/// <summary>Plugins that are shown a part of the code, and what becomes of the rest.</summary>
public class ScopeTests
{
    private const int Turns = 5_000;

    /// <summary>The loop of <see cref="Programs.Loop"/>: an addition and the branch back to it.</summary>
    private const ulong LoopStart = TestMachine.Code + 8;

    [Test]
    public async Task E3_a_plugin_is_shown_the_instructions_in_its_scope_as_if_they_were_the_block()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        var shown = new List<(ulong Block, int Count, int Size, ulong[] Addresses)>();
        var tooMany = 0;
        machine.Instance(new Probe
        {
            Translating = (_, block) =>
            {
                var addresses = new List<ulong>();
                foreach (var insn in block)
                    addresses.Add(insn.Address);
                shown.Add((block.Address, block.InstructionCount, block.Size, [.. addresses]));
                try
                {
                    addresses.Add(block[block.InstructionCount].Address);
                }
                catch (ArgumentOutOfRangeException)
                {
                    tooMany++;
                }
            },
        }, ("range", $"0x{TestMachine.Code + 4:x}"), ("range", $"0x{TestMachine.Code + 12:x}"));
        machine.Run();
        await Assert.That(shown.Select(static block => (block.Block, block.Count, block.Size))).IsEquivalentTo([(TestMachine.Code + 4, 2, 12), (TestMachine.Code + 12, 1, 4)], CollectionOrdering.Matching);
        await Assert.That(shown[0].Addresses).IsEquivalentTo([TestMachine.Code + 4, TestMachine.Code + 12], CollectionOrdering.Matching);
        await Assert.That(tooMany).IsEqualTo(2);
    }

    [Test]
    public async Task E3_R38_the_entry_of_what_is_shown_comes_first_at_its_instruction()
    {
        using var machine = new TestMachine(Programs.Loop(1));
        var calls = new List<(string, ulong)>();
        machine.Install(Logging("all", calls));
        machine.Instance(Logging("scoped", calls), ("range", $"0x{TestMachine.Code + 4:x}"));
        machine.Run();
        (string, ulong)[] expected =
        [
            ("all entry", 0), ("all", 0), ("scoped entry", 4), ("all", 4), ("scoped", 4), ("all", 8), ("all", 12),
            ("all entry", 16), ("all", 16), ("all", 20),
        ];
        await Assert.That(calls).IsEquivalentTo(expected, CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(0x8000UL, false)]
    [Arguments(0UL, false)]
    [Arguments(12UL, true)]
    [Arguments(null, true)]
    public async Task E3_code_that_nobody_is_shown_is_made_as_if_nobody_subscribed(ulong? offset, bool isInstrumented)
    {
        using var machine = OnX64(Programs.Loop(Turns));
        var probe = new Probe { Installing = static (Probe probe, in GuestInfo _) => probe.Counts = probe.Host.NewScoreboard<ulong>(), Translating = CountEach };
        if (offset is { } at)
            machine.Instance(probe, ("range", $"0x{TestMachine.Code + at:x}"));
        else
            machine.Install(probe);
        machine.Run();
        await Assert.That(TraceAt(machine, LoopStart)).IsEqualTo((true, isInstrumented));
        await Assert.That(probe.Counts!.Entry().Sum()).IsEqualTo(offset switch { null => 2 * Turns + (ulong)Programs.LoopOverhead, 12 => (ulong)Turns, 0 => 1UL, _ => 0UL });
    }

    [Test]
    public async Task E3_R15_a_plugin_without_a_scope_that_comes_late_reaches_code_that_nobody_was_shown()
    {
        using var machine = OnX64(Programs.LoopCallLoop(Turns));
        machine.Instance(new Probe(), ("range", "0"));
        var late = new Probe { Installing = Sleeping, Translating = CountEach };
        machine.System.Syscall = (_, _) => late.Host.Subscribe(PluginEvents.Translate);
        machine.Install(late);
        machine.Run();
        await Assert.That(late.Counts!.Entry().Sum()).IsEqualTo(2 * Turns + (ulong)Programs.LoopOverhead);
    }

    [Test]
    public async Task E3_R4_a_scope_is_judged_before_the_plugin_is_installed()
    {
        using var machine = new TestMachine(Programs.Loop(1));
        var wasInstalled = false;
        var probe = new Probe { Installing = (Probe _, in GuestInfo _) => wasInstalled = true };
        await Assert.That(() => machine.Instance(probe, ("class", "none"))).ThrowsExactly<Hosting.PluginOptionException>();
        await Assert.That(wasInstalled).IsFalse();
        await Assert.That(machine.Plugins.Plugins).IsEmpty();
    }

    private static void Sleeping(Probe probe, in GuestInfo guest)
    {
        probe.Counts = probe.Host.NewScoreboard<ulong>();
        probe.Host.Unsubscribe(PluginEvents.Translate);
    }

    private static void CountEach(Probe probe, TranslationBlock block)
    {
        foreach (var insn in block)
            insn.AddOnExecute(probe.Counts!.Entry(), 1);
    }

    private static Probe Logging(string name, List<(string, ulong)> calls) => new()
    {
        Translating = Probe.EachInstructionThenEntry,
        Executing = (vcpu, number) => calls.Add((number < 0 ? $"{name} entry" : name, vcpu.ProgramCounter - TestMachine.Code)),
    };

    private static TestMachine OnX64(Action<Assembler> program) =>
        new(program, new TranslationOptions { Verify = true, TraceAfter = 100 }, static (guest, memory) => new X64Backend(guest, memory));

    private static unsafe (bool IsTrace, bool IsInstrumented) TraceAt(TestMachine machine, ulong pc)
    {
        var block = machine.Machine.Code.Find(pc, EventMask.Translation);
        return (block->IsTrace, block->IsInstrumented);
    }
}
