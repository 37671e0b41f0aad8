using Emu.Engine.Instrumentation;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Translation;

public class TranslationTests
{
    [Test]
    public async Task R26_the_callback_sees_the_whole_block()
    {
        using var machine = new TestMachine(FiveThenExit);
        var seen = new List<(ulong Address, int Count, int Size)>();
        machine.Install(new Probe { Translating = (_, block) => seen.Add((block.Address, block.InstructionCount, block.Size)) });
        machine.Run();

        // Four of four bytes, one of two, then the two of the exit call: one block.
        await Assert.That(seen).IsEquivalentTo([(TestMachine.Code, 7, 26)], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R26_the_span_is_that_of_what_is_executed()
    {
        using var machine = new TestMachine(Programs.Loop(50));
        var counted = 0L;
        machine.Install(new Probe
        {
            Translating = (_, block) => Probe.OnExecute(block, block.InstructionCount),
            Executing = (_, count) => counted += count,
        });
        machine.Run();
        await Assert.That(counted).IsEqualTo(100 + Programs.LoopOverhead);
    }

    [Test]
    public async Task R27_only_chosen_instructions_are_instrumented()
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
        await Assert.That(executed.Count).IsEqualTo(50);
        await Assert.That(await Assert.That(executed.Distinct()).HasSingleItem()).IsEqualTo((nint)TestMachine.Code + 12);
    }

    [Test]
    public async Task R27_and_only_their_accesses()
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
        await Assert.That(addresses).IsEquivalentTo([TestMachine.Data + 8], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R27_a_block_in_which_nobody_wants_anything_is_the_same_code()
    {
        using var plain = new TestMachine(Programs.Loop(50));
        plain.Run();
        using var watched = new TestMachine(Programs.Loop(50));
        watched.Install(new Probe { Translating = (_, _) => { } });
        watched.Run();
        await Assert.That(watched.Machine.Code.UsedBytes).IsEqualTo(plain.Machine.Code.UsedBytes);
        await Assert.That(watched.Machine.Code.Translations).IsEqualTo(plain.Machine.Code.Translations);
    }

    [Test]
    public async Task R28_translated_is_not_executed()
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
        await Assert.That(translated).IsEqualTo(4);
        await Assert.That(executed).IsEqualTo(1);
        await Assert.That(machine.System.Fault).IsNotNull();
    }

    [Test]
    [Arguments(-1)]
    [Arguments(7)]
    [Arguments(int.MaxValue)]
    public async Task R29_a_bad_index_throws(int index)
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
        await Assert.That(thrown).IsTypeOf<ArgumentOutOfRangeException>();
    }

    [Test]
    [Arguments(typeof(TranslationBlock))]
    [Arguments(typeof(Instruction))]
    [Arguments(typeof(VCpu))]
    [Arguments(typeof(MemoryAccess))]
    public async Task R30_handles_cannot_be_kept(Type handle) => await Assert.That(handle.IsByRefLike).IsTrue();

    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(4)]
    [Arguments(9)]
    public async Task R31_copies_the_smaller_of_length_and_size(int length)
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
        await Assert.That(machine.Memory.TryRead(TestMachine.Code, code)).IsTrue();
        await Assert.That(copies[0]).IsEquivalentTo(code[..Math.Min(4, length)], CollectionOrdering.Matching);
        await Assert.That(copies[4]).IsEquivalentTo(code[16..(16 + Math.Min(2, length))], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R32_the_host_address_identifies_the_code()
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
        nint start;
        unsafe
        {
            start = (nint)machine.Memory.Base;
        }

        foreach (var place in places)
            await Assert.That(place.Host).IsEqualTo(start + (nint)place.Guest);
    }

    [Test]
    public async Task R33_without_a_subscriber_blocks_are_not_shown_nor_keyed()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var probe = machine.Install(new Probe { Translating = (_, _) => Assert.Fail("shown") });
        probe.Host.Unsubscribe(PluginEvents.Translate);
        EventMask? mask = null;
        machine.Run(vcpu => vcpu.Post(running => mask = running.Mask));
        await Assert.That(mask).IsEqualTo(EventMask.None);
        await Assert.That(machine.Log).IsEmpty();
    }

    [Test]
    public async Task Instructions_tell_what_they_are()
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
        await Assert.That(texts[0]).IsEqualTo("0 0 4 addi alu (Integer arithmetic and logic) 100293 start");
        await Assert.That(texts[4]).IsEqualTo("4 16 2 c.addi alu (Integer arithmetic and logic) 285 ");
        await Assert.That(texts[6]).IsEqualTo("6 22 4 ecall system (System calls and breakpoints) 73 ");
    }

    [Test]
    public async Task Instructions_disassemble_as_the_guest_does()
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
        await Assert.That(texts[0]).IsEqualTo("li\tt0,1");
        await Assert.That(texts[6].Trim()).IsEqualTo("ecall");
    }

    [Test]
    public async Task A_plugin_that_throws_while_translating_is_disabled_and_the_guest_goes_on()
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

        await Assert.That(machine.Log).IsEquivalentTo(["emu: plugin 'probe' failed and is disabled: FormatException: no"], CollectionOrdering.Matching);
        await Assert.That(executions).IsEqualTo(20 + Programs.LoopOverhead);
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

        public Module? ModuleAt(ulong address) => Modules[0].Contains(address) ? Modules[0] : null;

        public IEnumerable<Symbol> SymbolsOf(Module module) => [FindSymbol("start")!.Value];

        public Symbol? SymbolAt(ulong address) => address == TestMachine.Code ? FindSymbol("start") : null;

        public IReadOnlyList<SourceFrame> SourceAt(ulong address) => [];

        public IEnumerable<SourceRange> SourceRangesOf(Module module) => [];

        public IEnumerable<SourceFunction> SourceFunctionsOf(Module module) => [];

        public Symbol? FindSymbol(string name) => name == "start" ? new Symbol(name, TestMachine.Code, 4, SymbolKind.Function, Modules[0]) : null;
    }
}
