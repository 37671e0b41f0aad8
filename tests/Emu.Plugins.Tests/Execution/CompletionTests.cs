using Emu.Backend.X64;
using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Execution;

/// <summary>What comes after an instruction, and the registers that it names.</summary>
public class CompletionTests
{
    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R35_completion_comes_with_what_the_instruction_left(string backend)
    {
        using var machine = Machine(backend, Programs.Loop(3));
        var seen = new List<(ulong Pc, ulong T0)>();
        var t0 = default(Register<ulong>);
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => t0 = self.Host.FindRegister<ulong>("t0"),
            Translating = Probe.ReadAfterEachInstruction,
            Reading = (vcpu, registers, _) => seen.Add((vcpu.ProgramCounter - TestMachine.Code, registers.Read(t0))),
        });
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(seen).IsEquivalentTo(
            (List<(ulong, ulong)>)[(0, 0UL), (4, 3UL), (8, 2), (12, 2), (8, 1), (12, 1), (8, 0), (12, 0), (16, 0), (20, 0)], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R35_a_jump_has_completed_with_its_link_before_the_next_instruction(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            var to = new Label();
            code.Jal(XRegister.Ra, to);
            code.Addi(XRegister.T0, XRegister.Zero, 1);
            code.Place(to);
            code.Auipc(XRegister.T1, 0);
            code.Jalr(XRegister.T1, XRegister.T1, 8);
        });
        var seen = new List<(ulong Pc, ulong Ra, ulong T1)>();
        var (ra, t1) = (default(Register<ulong>), default(Register<ulong>));
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => (ra, t1) = (self.Host.FindRegister<ulong>("ra"), self.Host.FindRegister<ulong>("t1")),
            Translating = Probe.ReadAfterEachInstruction,
            Reading = (vcpu, registers, _) => seen.Add((vcpu.ProgramCounter - TestMachine.Code, registers.Read(ra), registers.Read(t1))),
        });
        machine.Run();
        const ulong Link = TestMachine.Code + 4;
        await Assert.That(seen[..3]).IsEquivalentTo(
            (List<(ulong, ulong, ulong)>)[(0, Link, 0), (8, Link, TestMachine.Code + 8), (12, Link, TestMachine.Code + 16)], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R35_what_faults_or_traps_does_not_complete(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 7);
            code.Ld(XRegister.T0, XRegister.Zero, 0);
        });
        Scoreboard<ulong> board = null!;
        var completed = 0;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => board = self.Host.NewScoreboard<ulong>(),
            Translating = (self, block) =>
            {
                foreach (var insn in block)
                    insn.AddOnComplete(board.Entry(), 1);
                Probe.ReadAfterEachInstruction(self, block);
            },
            Reading = (_, _, _) => completed++,
        });
        machine.Run();
        await Assert.That(machine.System.Fault!.Value.Address).IsEqualTo(0UL);
        await Assert.That(completed).IsEqualTo(1);
        await Assert.That(board.Entry().Sum()).IsEqualTo(1UL);
    }

    [Test]
    public async Task E6_an_instruction_tells_the_registers_that_it_names()
    {
        using var machine = new TestMachine(code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 7);
            code.Add(XRegister.A0, XRegister.T0, XRegister.A1);
            code.Sd(XRegister.A0, XRegister.S0, 0);
            code.FaddD(FRegister.Fa0, FRegister.Fa1, FRegister.Fa2, 0);
            code.FcvtDL(FRegister.Fa0, XRegister.T0, 0);
            code.Csrrs(XRegister.T1, 1, XRegister.Zero); // frflags t1
            code.Csrrw(XRegister.Zero, 2, XRegister.T1); // fsrm t1
            code.Jal(XRegister.Ra, 4);
        });
        var seen = new List<string>();
        machine.Install(new Probe
        {
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    seen.Add($"{insn.Mnemonic} {string.Join(' ', insn.Sources.Select(register => register.Name))} -> {string.Join(' ', insn.Destinations.Select(register => register.Name))}");
            },
        });
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(seen.Distinct().Take(8)).IsEquivalentTo(
            (List<string>)["addi  -> t0", "add t0 a1 -> a0", "sd s0 a0 -> ", "fadd.d fa1 fa2 -> fa0", "fcvt.d.l t0 -> fa0", "csrrs fflags -> t1", "csrrw t1 -> frm", "jal  -> ra"], CollectionOrdering.Matching);
    }

    private static TestMachine Machine(string backend, Action<Assembler> program) =>
        new(program, backend: backend == "x64" ? static (guest, memory) => new X64Backend(guest, memory) : null);
}
