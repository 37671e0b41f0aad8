using Emu.Backend.Threaded;
using Emu.Backend.X64;
using Emu.Engine.Contracts;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Plugins.Hosting;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Translation;

/// <summary>Plugins that are told of some of the instructions that they are shown: by number, by thread, between two places.</summary>
public class WindowTests
{
    private const int Turns = 60;

    [Test]
    [Arguments("threaded", 0)]
    [Arguments("x64", 0)]
    [Arguments("x64", 3)]
    public async Task E3_instructions_are_counted_in_and_out_exactly(string backend, int traceAfter)
    {
        var all = Seen(backend, traceAfter, []);
        foreach (var (skip, count, every) in ((int, int, int)[])[(0, 7, 1), (1, int.MaxValue, 1), (17, 20, 1), (5, 90, 4), (0, int.MaxValue, 3), (1000, 5, 1), (31, 1, 1)])
        {
            var options = new List<(string, string)>();
            if (skip > 0)
                options.Add(("skip", $"{skip}"));
            if (count < int.MaxValue)
                options.Add(("count", $"{count}"));
            if (every > 1)
                options.Add(("every", $"{every}"));
            var expected = all.Executed.Where((_, number) => number >= skip && number - skip < count && (number - skip) % every == 0).ToList();
            var seen = Seen(backend, traceAfter, options);
            await Assert.That(seen.Executed).IsEquivalentTo(expected, CollectionOrdering.Matching).Because($"{skip} {count} {every}");
            await Assert.That(seen.Added).IsEqualTo((ulong)expected.Count);
            await Assert.That(seen.Lowered).IsEqualTo((ulong)expected.Count);
            await Assert.That(seen.Completed).IsEqualTo((ulong)expected.Count);
            await Assert.That(seen.Loads).IsEqualTo((ulong)expected.Count(static pc => pc == TestMachine.Code + 8));
        }
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E3_a_region_begins_and_ends_at_places(string backend)
    {
        var all = Seen(backend, 0, []).Executed;
        var inside = Seen(backend, 0, [("start", $"0x{TestMachine.Code + 12:x}"), ("stop", $"0x{TestMachine.Code + 20:x}")]).Executed;
        await Assert.That(inside).IsEquivalentTo(all.Where(static pc => pc is TestMachine.Code + 12 or TestMachine.Code + 16), CollectionOrdering.Matching).Because("it opens again whenever its start is come to");
        await Assert.That(Seen(backend, 0, [("stop", $"0x{TestMachine.Code + 8:x}")]).Executed).IsEquivalentTo((List<ulong>)[TestMachine.Code, TestMachine.Code + 4], CollectionOrdering.Matching);
        await Assert.That(Seen(backend, 0, [("start", "0x10")]).Executed).IsEmpty();
    }

    [Test]
    [Arguments("threaded")]
    [Arguments("x64")]
    public async Task E3_R65_the_guest_marks_a_region_itself(string backend)
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 1);
            code.Slti(XRegister.Zero, XRegister.Zero, 0x7E1);
            code.Addi(XRegister.T0, XRegister.T0, 1);
            code.Addi(XRegister.T0, XRegister.T0, 1);
            code.Slti(XRegister.Zero, XRegister.Zero, 0x7E2);
            code.Addi(XRegister.T0, XRegister.T0, 1);
        }, backend: (guest, memory) => New(backend, guest, memory));
        var seen = new List<ulong>();
        machine.Instance(new Probe { Translating = Probe.EachInstruction, Executing = (vcpu, _) => seen.Add(vcpu.ProgramCounter - TestMachine.Code) }, ("start", "hint"), ("stop", "hint"));
        machine.Run();
        await Assert.That(seen).IsEquivalentTo((List<ulong>)[4UL, 8, 12], CollectionOrdering.Matching);
    }

    [Test]
    public async Task E3_a_region_that_ends_in_code_that_is_not_shown_ends()
    {
        var all = Seen("x64", 0, [("range", $"0x{TestMachine.Code + 8:x}")]).Executed;
        var inside = Seen("x64", 0, [("range", $"0x{TestMachine.Code + 8:x}"), ("start", $"0x{TestMachine.Code + 12:x}")]).Executed;
        await Assert.That(inside.Count).IsEqualTo(all.Count - 1).Because("it opens behind the first of them");
    }

    [Test]
    public async Task E3_of_several_threads_those_are_told_that_were_named()
    {
        using var machine = new TestMachine(Programs.Loop(Turns));
        var threads = new List<long>();
        machine.Instance(new Probe { Translating = Probe.EachInstruction, Executing = (vcpu, _) => threads.Add(vcpu.ThreadId) }, ("thread", "2"), ("thread", "4"));
        for (var i = 0; i < 4; i++)
            machine.Run();
        await Assert.That(threads.Distinct()).IsEquivalentTo([2L, 4]);
        await Assert.That(threads.Count).IsEqualTo(2 * (2 * Turns + Programs.LoopOverhead));
    }

    [Test]
    [Arguments("count", "0", "plugin 'probe': option 'count' does not take '0'; allowed: a number from 1 on")]
    [Arguments("every", "0", "plugin 'probe': option 'every' does not take '0'; allowed: a number from 1 on")]
    [Arguments("start", "0xyz", "plugin 'probe': option 'start' does not take '0xyz'; allowed: the name of a function, an address such as 0x101e6, or hint")]
    [Arguments("skip", "-1", "plugin 'probe': option 'skip' does not take '-1'; allowed: a whole number from 0 to 18446744073709551615, decimal or 0x hexadecimal")]
    public async Task E3_bad_values_are_refused(string option, string value, string message)
    {
        using var machine = new TestMachine(Programs.Loop(1));
        await Assert.That(() => machine.Instance(new Probe(), (option, value))).Throws<PluginOptionException>().WithMessage(message);
    }

    private static (List<ulong> Executed, ulong Added, ulong Lowered, ulong Completed, ulong Loads) Seen(string backend, int traceAfter, List<(string, string)> options)
    {
        using var machine = new TestMachine(Program, new TranslationOptions { Verify = true, TraceAfter = traceAfter }, (guest, memory) => New(backend, guest, memory));
        var executed = new List<ulong>();
        Scoreboard<ulong> added = null!, completed = null!, loads = null!;
        var probe = new Probe
        {
            Installing = (Probe self, in GuestInfo _) => (self.Counts, added, completed, loads) = (self.Host.NewScoreboard<ulong>(), self.Host.NewScoreboard<ulong>(), self.Host.NewScoreboard<ulong>(), self.Host.NewScoreboard<ulong>()),
            Executing = (vcpu, _) => executed.Add(vcpu.ProgramCounter),
            Translating = (self, block) =>
            {
                foreach (var insn in block)
                {
                    insn.AddOnExecute(added.Entry(), 1);
                    insn.AddOnComplete(completed.Entry(), 1);
                    insn.AddOnMemory(AccessKind.Read, loads.Entry(), 1);
                    Probe.OnExecute(insn);
                    Probe.CountOn(insn);
                }
            },
        };
        machine.Instance(probe, [.. options]);
        machine.Run();
        return (executed, added.Entry().Sum(), probe.Counts!.Entry().Sum(), completed.Entry().Sum(), loads.Entry().Sum());
    }

    /// <summary>A loop with a load at its beginning and a branch in its middle.</summary>
    private static void Program(Assembler code)
    {
        var (top, over) = (new Label(), new Label());
        code.Addi(XRegister.T0, XRegister.Zero, Turns);
        code.Addi(XRegister.T2, XRegister.Zero, 0);
        code.Place(top);
        code.Ld(XRegister.T1, XRegister.S0, 0);
        code.Beq(XRegister.T1, XRegister.T0, over);
        code.Addi(XRegister.T2, XRegister.T2, 1);
        code.Place(over);
        code.Addi(XRegister.T0, XRegister.T0, -1);
        code.Bne(XRegister.T0, XRegister.Zero, top);
    }

    private static IBackend New(string name, RiscVGuest guest, Emu.Engine.Memory.GuestMemory memory) => name == "x64" ? new X64Backend(guest, memory) : new ThreadedBackend(guest.StateSize);
}
