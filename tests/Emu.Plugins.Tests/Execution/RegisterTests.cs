using Emu.Backend.X64;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Execution;

/// <summary>What plugins see of the guest's registers, on both backends.</summary>
public class RegisterTests
{
    [Test]
    public async Task R53_the_list_is_that_of_the_debuggers_description()
    {
        using var machine = new TestMachine();
        IReadOnlyList<Register> registers = [];
        machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => registers = self.Host.Registers });
        await Assert.That(registers.Select(register => (register.Name, register.Size, register.Feature, register.Number)))
            .IsEquivalentTo(RiscVRegisters.All.Select((register, number) => (register.Name, register.Size, register.Feature, number)), CollectionOrdering.Matching);
        foreach (var name in (string[])["zero", "pc", "fs11", "fflags", "frm", "fcsr", "cycle", "time", "instret"])
            await Assert.That(registers.Select(register => register.Name)).Contains(name);
    }

    [Test]
    public async Task R53_a_handle_has_the_size_of_its_register()
    {
        using var machine = new TestMachine();
        Host host = null!;
        machine.Install(new Probe { Installing = (Probe self, in GuestInfo _) => host = self.Host });
        await Assert.That(() => host.FindRegister("a8")).Throws<ArgumentException>().WithMessage("the guest has no register 'a8' (Parameter 'name')");
        await Assert.That(() => host.FindRegister<uint>("a0")).Throws<ArgumentException>().WithMessage("register 'a0' has 8 bytes, a UInt32 has 4 (Parameter 'name')");
        await Assert.That(() => host.FindRegister<double>("fcsr")).Throws<ArgumentException>();
        await Assert.That(host.FindRegister<double>("fa0")).IsEqualTo(host.FindRegister<double>("fa0"));
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R54_a_callback_that_did_not_declare_registers_is_refused_them(string backend)
    {
        using var machine = Machine(backend, Programs.Loop(10));
        var read = 0UL;
        Host host = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => host = self.Host,
            Translating = Probe.EachInstruction,
            Executing = (vcpu, _) => read = host.RegistersOf(vcpu).Read(host.FindRegister("t0")),
        });
        machine.Run();
        await Assert.That(read).IsEqualTo(0UL);
        await Assert.That(machine.Log).IsEquivalentTo(
            ["emu: plugin 'probe' failed and is disabled: InvalidOperationException: a callback reads registers only if it declares them: 'Registers registers' behind its vCPU"],
            CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R54_a_handle_that_nobody_made_is_refused(string backend)
    {
        using var machine = Machine(backend, Programs.Loop(10));
        machine.Install(new Probe { Translating = Probe.ReadAtEachInstruction, Reading = (_, registers, _) => registers.Read(default(Register<ulong>)) });
        machine.Run();
        await Assert.That(machine.Log).IsEquivalentTo(
            ["emu: plugin 'probe' failed and is disabled: InvalidOperationException: the handle of a register was used that Host.FindRegister did not make"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R55_registers_and_the_pc_are_those_of_the_instruction(string backend)
    {
        // t0 is 1, 2, 3 …: each callback sees what the instructions before it made, although all lie in one block.
        const int Count = 20;
        using var machine = Machine(backend, code =>
        {
            for (var i = 0; i < Count; i++)
                code.Addi(XRegister.T0, XRegister.T0, 1);
        });
        var seen = new List<(ulong Pc, ulong PcRegister, ulong T0, ulong ByName)>();
        var (t0, pc) = (default(Register<ulong>), default(Register<ulong>));
        Register named = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => (t0, pc, named) = (self.Host.FindRegister<ulong>("t0"), self.Host.FindRegister<ulong>("pc"), self.Host.FindRegister("t0")),
            Translating = Probe.ReadAtEachInstruction,
            Reading = (vcpu, registers, _) => seen.Add((vcpu.ProgramCounter, registers.Read(pc), registers.Read(t0), registers.Read(named))),
        });
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(seen.Count).IsEqualTo(Count + 2);
        await Assert.That(seen[..Count]).IsEquivalentTo(
            Enumerable.Range(0, Count).Select(i => (TestMachine.Code + 4 * (ulong)i, TestMachine.Code + 4 * (ulong)i, (ulong)i, (ulong)i)), CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R55_also_in_memory_callbacks(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 5);
            code.Sd(XRegister.T0, XRegister.S0, 0);
            code.Ld(XRegister.S0, XRegister.S0, 0);
            code.Addi(XRegister.T0, XRegister.T0, 1);
        });
        var seen = new List<(ulong Pc, ulong T0, ulong S0)>();
        var (t0, s0) = (default(Register<ulong>), default(Register<ulong>));
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => (t0, s0) = (self.Host.FindRegister<ulong>("t0"), self.Host.FindRegister<ulong>("s0")),
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    Probe.ReadOnMemory(insn);
            },
            ReadingAtAccess = (vcpu, registers, _) => seen.Add((vcpu.ProgramCounter, registers.Read(t0), registers.Read(s0))),
        });
        machine.Run();
        await Assert.That(seen).IsEquivalentTo([(TestMachine.Code + 4, 5UL, TestMachine.Data), (TestMachine.Code + 8, 5UL, 5UL)], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R55_floating_point_and_its_flags_too(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 3);
            code.FcvtDL(FRegister.Fa0, XRegister.T0, 0);
            code.FdivD(FRegister.Fs11, FRegister.Fa0, FRegister.Fa1, 0); // 3 / 0
            code.FdivD(FRegister.Fa1, FRegister.Fa1, FRegister.Fa0, 0);
        });
        var seen = new List<(double Fa0, double Fs11, uint Flags, uint Status)>();
        var (fa0, fs11, flags, status) = (default(Register<double>), default(Register<double>), default(Register<uint>), default(Register<uint>));
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) =>
            {
                (fa0, fs11) = (self.Host.FindRegister<double>("fa0"), self.Host.FindRegister<double>("fs11"));
                (flags, status) = (self.Host.FindRegister<uint>("fflags"), self.Host.FindRegister<uint>("fcsr"));
            },
            Translating = Probe.ReadAtEachInstruction,
            Reading = (_, registers, _) => seen.Add((registers.Read(fa0), registers.Read(fs11), registers.Read(flags), registers.Read(status))),
        });
        machine.Run(RoundDown);
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(seen[1..4]).IsEquivalentTo([(0.0, 0.0, 0u, 2u << 5), (3.0, 0.0, 0u, 2u << 5), (3.0, double.PositiveInfinity, 8u, (2u << 5) | 8u)], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R55_events_read_what_the_guest_has_between_instructions()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        var seen = new List<(ulong, ulong)>();
        Host host = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => host = self.Host,
            Ending = vcpu =>
            {
                var registers = host.RegistersOf(vcpu);
                seen.Add((registers.Read(host.FindRegister<ulong>("pc")), registers.Read(host.FindRegister<ulong>("a7"))));
            },
        });
        machine.Run();
        await Assert.That(seen).IsEquivalentTo([(TestMachine.Code + 4 * 6, (ulong)TestSystem.ExitCall)], CollectionOrdering.Matching);
    }

    private static unsafe void RoundDown(VCpuContext vcpu) => vcpu.State->RoundingMode = 2;

    private static TestMachine Machine(string backend, Action<Assembler> program) =>
        new(program, backend: backend == "x64" ? static (guest, memory) => new X64Backend(guest, memory) : null);
}
