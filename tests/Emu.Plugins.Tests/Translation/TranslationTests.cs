using Emu.Engine.Instrumentation;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using Assert = Xunit.Assert;

namespace Emu.Plugins.Tests.Translation;

public class TranslationTests
{
    [Test]
    public void R26_the_callback_sees_the_whole_block()
    {
        using var machine = new TestMachine(FiveThenExit);
        var seen = new List<(ulong Address, int Count, int Size)>();
        machine.Install(new Probe { Translating = (_, block) => seen.Add((block.Address, block.InstructionCount, block.Size)) });
        machine.Run();

        // Four of four bytes, one of two, then the two of the exit call: one block.
        Assert.Equal([(TestMachine.Code, 7, 26)], seen);
    }

    [Test]
    public void R26_the_span_is_that_of_what_is_executed()
    {
        using var machine = new TestMachine(Programs.Loop(50));
        var counted = 0L;
        machine.Install(new Probe
        {
            Translating = (_, block) => Probe.OnExecute(block, block.InstructionCount),
            Executing = (_, count) => counted += count,
        });
        machine.Run();
        Assert.Equal(100 + Programs.LoopOverhead, counted);
    }

    [Test]
    public void R27_only_chosen_instructions_are_instrumented()
    {
        using var machine = new TestMachine(Programs.Loop(50));
        var executed = new List<nint>();
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    if (insn.Class == "branch")
                        Probe.OnExecute(insn, (nint)insn.Address);
            },
            Executing = (_, address) => executed.Add(address),
        });
        machine.Run();
        Assert.Equal(50, executed.Count);
        Assert.Equal((nint)TestMachine.Code + 12, Assert.Single(executed.Distinct()));
    }

    [Test]
    public void R27_and_only_their_accesses()
    {
        using var machine = new TestMachine(code =>
        {
            code.Sd(XRegister.T0, XRegister.S0, 0);
            code.Sd(XRegister.T0, XRegister.S0, 8);
            code.Ld(XRegister.T0, XRegister.S0, 0);
        });
        var addresses = new List<ulong>();
        machine.Install(new Probe
        {
            Translating = (_, block) => Probe.OnMemory(block[1], AccessKind.ReadWrite),
            Accessing = (_, access, _) => addresses.Add(access.Address),
        });
        machine.Run();
        Assert.Equal([TestMachine.Data + 8], addresses);
    }

    [Test]
    public void R27_a_block_in_which_nobody_wants_anything_is_the_same_code()
    {
        using var plain = new TestMachine(Programs.Loop(50));
        plain.Run();
        using var watched = new TestMachine(Programs.Loop(50));
        watched.Install(new Probe { Translating = (_, _) => { } });
        watched.Run();
        Assert.Equal(plain.Machine.Code.UsedBytes, watched.Machine.Code.UsedBytes);
        Assert.Equal(plain.Machine.Code.Translations, watched.Machine.Code.Translations);
    }

    [Test]
    public void R28_translated_is_not_executed()
    {
        // The first load faults, so the rest of its block is translated but never executed.
        using var machine = new TestMachine(code =>
        {
            code.Ld(XRegister.T0, XRegister.Zero, 0);
            code.Addi(XRegister.T0, XRegister.Zero, 1);
        });
        var (translated, executed) = (0, 0);
        machine.Install(new Probe
        {
            Translating = (probe, block) =>
            {
                translated += block.InstructionCount;
                Probe.EachInstruction(probe, block);
            },
            Executing = (_, _) => executed++,
        });
        machine.Run();
        Assert.Equal(4, translated);
        Assert.Equal(1, executed);
        Assert.NotNull(machine.System.Fault);
    }

    [Test]
    [Arguments(-1)]
    [Arguments(7)]
    [Arguments(int.MaxValue)]
    public void R29_a_bad_index_throws(int index)
    {
        using var machine = new TestMachine(FiveThenExit);
        Exception? thrown = null;
        machine.Install(new Probe
        {
            Translating = (probe, block) =>
            {
                try
                {
                    _ = block[index].Address;
                }
                catch (Exception exception)
                {
                    thrown = exception;
                }
            },
        });
        machine.Run();
        Assert.IsType<ArgumentOutOfRangeException>(thrown);
    }

    [Test]
    [Arguments(typeof(TranslationBlock))]
    [Arguments(typeof(Instruction))]
    [Arguments(typeof(VCpu))]
    [Arguments(typeof(MemoryAccess))]
    public void R30_handles_cannot_be_kept(Type handle) => Assert.True(handle.IsByRefLike);

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(4)]
    [Arguments(9)]
    public void R31_copies_the_smaller_of_length_and_size(int length)
    {
        using var machine = new TestMachine(FiveThenExit);
        var copies = new List<byte[]>();
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                {
                    var bytes = new byte[length];
                    copies.Add(bytes[..insn.CopyBytes(bytes)]);
                }
            },
        });
        machine.Run();

        var code = new byte[26];
        Assert.True(machine.Memory.TryRead(TestMachine.Code, code));
        Assert.Equal(code[..Math.Min(4, length)], copies[0]);
        Assert.Equal(code[16..(16 + Math.Min(2, length))], copies[4]);
    }

    [Test]
    public unsafe void R32_the_host_address_identifies_the_code()
    {
        using var machine = new TestMachine(FiveThenExit);
        var places = new List<(ulong Guest, nint Host)>();
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    places.Add((insn.Address, insn.HostAddress));
            },
        });
        machine.Run();
        Assert.All(places, place => Assert.Equal((nint)machine.Memory.Base + (nint)place.Guest, place.Host));
    }

    [Test]
    public void R33_without_a_subscriber_blocks_are_not_shown_nor_keyed()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var probe = machine.Install(new Probe { Translating = (_, _) => Assert.Fail("shown") });
        probe.Host.Unsubscribe(PluginEvents.Translate);
        machine.Run(vcpu => vcpu.Post(running => Assert.Equal(EventMask.None, running.Mask)));
        Assert.Empty(machine.Log);
    }

    [Test]
    public void Instructions_tell_what_they_are()
    {
        using var machine = new TestMachine(FiveThenExit);
        machine.Plugins.Symbols = new OneSymbol();
        var texts = new List<string>();
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    texts.Add($"{insn.Index} {insn.Address - TestMachine.Code} {insn.Size} {insn.Mnemonic} {insn.Class} ({insn.ClassSummary}) {insn.Opcode:x} {insn.Symbol}");
            },
        });
        machine.Run();
        Assert.Equal("0 0 4 addi alu (Integer arithmetic and logic) 100293 start", texts[0]);
        Assert.Equal("4 16 2 c.addi alu (Integer arithmetic and logic) 285 ", texts[4]);
        Assert.Equal("6 22 4 ecall system (System calls and breakpoints) 73 ", texts[6]);
    }

    [Test]
    public void Instructions_disassemble_as_the_guest_does()
    {
        using var machine = new TestMachine(FiveThenExit);
        var texts = new List<string>();
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    texts.Add(insn.Disassemble());
            },
        });
        machine.Run();
        Assert.Equal("li\tt0,1", texts[0]);
        Assert.Equal("ecall", texts[6].Trim());
    }

    [Test]
    public void A_plugin_that_throws_while_translating_is_disabled_and_the_guest_goes_on()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var executions = 0;
        machine.Install(new Probe
        {
            Translating = (probe, block) =>
            {
                Probe.EachInstruction(probe, block);
                throw new FormatException("no");
            },
            Executing = (_, _) => Assert.Fail("what a failing plugin asked for is dropped"),
        });
        machine.Install(new Probe { Translating = Probe.EachInstruction, Executing = (_, _) => executions++ });
        machine.Run();

        Assert.Equal(["emu: plugin 'probe' failed and is disabled: FormatException: no"], machine.Log);
        Assert.Equal(20 + Programs.LoopOverhead, executions);
    }

    private static void FiveThenExit(Assembler code)
    {
        for (var i = 1; i <= 4; i++)
            code.Addi(XRegister.T0, XRegister.Zero, i);
        code.CAddi(XRegister.T0, 1);
    }

    private sealed class OneSymbol : ISymbolSource
    {
        public IReadOnlyList<Module> Modules { get; } = [new("/program", 0, TestMachine.Code, TestMachine.Code + 8, "")];

        public Symbol? SymbolAt(ulong address) => address == TestMachine.Code ? FindSymbol("start") : null;

        public Symbol? FindSymbol(string name) => name == "start" ? new Symbol(name, TestMachine.Code, 4, SymbolKind.Function, Modules[0]) : null;
    }
}
