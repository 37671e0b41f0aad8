using Emu.Backend.X64;
using Emu.Engine.Instrumentation.CommandLine;
using Emu.Guest.RiscV;
using Emu.Plugins.Hosting;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Execution;

/// <summary>Plugins that change the guest: what they write takes effect where they write it.</summary>
public class ChangeTests
{
    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R54_a_register_that_is_written_is_what_the_instruction_reads(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 1);
            code.Addi(XRegister.T1, XRegister.T0, 1); // t0 is written before it
            code.Sd(XRegister.T1, XRegister.S0, 0);
            code.Addi(XRegister.T1, XRegister.T0, 2);
            code.Sd(XRegister.T1, XRegister.S0, 8);
        });
        Change(machine, 1, isAfter: false, static (control, host) => control.Write(host.FindRegister<ulong>("t0"), 100UL));
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(Word(machine, 0)).IsEqualTo(101UL);
        await Assert.That(Word(machine, 8)).IsEqualTo(102UL);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R54_what_is_written_after_a_branch_does_not_change_where_it_goes(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            var to = new Label();
            code.Addi(XRegister.T0, XRegister.Zero, 1);
            code.Bne(XRegister.T0, XRegister.Zero, to); // taken, though t0 is zero afterwards
            code.Addi(XRegister.T1, XRegister.Zero, 5);
            code.Place(to);
            code.Sd(XRegister.T0, XRegister.S0, 0);
            code.Sd(XRegister.T1, XRegister.S0, 8);
        });
        Change(machine, 1, isAfter: true, static (control, host) => control.Write(host.FindRegister("t0"), 0));
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(Word(machine, 0)).IsEqualTo(0UL);
        await Assert.That(Word(machine, 8)).IsEqualTo(0UL);
    }

    [Test]
    [Arguments("x64", true)]
    [Arguments("threaded", true)]
    [Arguments("x64", false)]
    [Arguments("threaded", false)]
    public async Task R54_a_program_counter_that_is_written_leaves_the_block(string backend, bool byName)
    {
        using var machine = Machine(backend, code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 1);
            code.Addi(XRegister.T0, XRegister.T0, 1); // not executed
            code.Addi(XRegister.T0, XRegister.T0, 10); // nor this
            code.Addi(XRegister.T0, XRegister.T0, 100);
            code.Sd(XRegister.T0, XRegister.S0, 0);
        });
        if (byName)
            Change(machine, 1, isAfter: false, static (control, host) => control.Write(host.FindRegister<ulong>("pc"), TestMachine.Code + 12));
        else
            Change(machine, 1, isAfter: false, static (control, _) => control.JumpTo(TestMachine.Code + 12));
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(Word(machine, 0)).IsEqualTo(101UL);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R54_memory_that_is_written_is_what_a_load_reads(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            code.Sd(XRegister.S0, XRegister.S0, 0);
            code.Ld(XRegister.T0, XRegister.S0, 0); // memory is written before it
            code.Sd(XRegister.T0, XRegister.S0, 8);
        });
        var written = false;
        Change(machine, 1, isAfter: false, (control, _) => written = control.TryWriteMemory(TestMachine.Data, [1, 2, 0, 0, 0, 0, 0, 0]) && !control.TryWriteMemory(0, [1]));
        machine.Run();
        await Assert.That(written).IsTrue();
        await Assert.That(Word(machine, 8)).IsEqualTo(0x201UL);
    }

    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R54_the_rounding_mode_that_is_written_is_that_of_the_instruction(string backend)
    {
        using var machine = Machine(backend, code =>
        {
            code.Addi(XRegister.T0, XRegister.Zero, 3);
            code.FcvtDL(FRegister.Fa0, XRegister.T0, 0);
            code.Addi(XRegister.T0, XRegister.Zero, 1);
            code.FcvtDL(FRegister.Fa1, XRegister.T0, 0);
            code.FdivD(FRegister.Fa2, FRegister.Fa1, FRegister.Fa0, 7); // 1 / 3, rounded up
            code.Fsd(FRegister.Fa2, XRegister.S0, 0);
        });
        Change(machine, 4, isAfter: false, static (control, host) => control.Write(host.FindRegister<uint>("frm"), 3U));
        machine.Run();
        await Assert.That(machine.Log).IsEmpty();
        await Assert.That(Word(machine, 0)).IsEqualTo(BitConverter.DoubleToUInt64Bits(Math.BitIncrement(1.0 / 3)));
    }

    [Test]
    [Arguments("x64", "zero")]
    [Arguments("threaded", "cycle")]
    public async Task R54_what_cannot_be_written_is_refused(string backend, string register)
    {
        using var machine = Machine(backend, Programs.Loop(3));
        Change(machine, 0, isAfter: false, (control, host) => control.Write(host.FindRegister(register), 1));
        machine.Run();
        machine.Exit();
        await Assert.That(machine.Log.Single()).IsEqualTo($"emu: plugin 'probe' failed and is disabled: ArgumentException: register '{register}' cannot be written");
    }

    [Test]
    public async Task R54_what_the_user_did_not_allow_is_refused()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        Change(machine, 0, isAfter: false, static (control, _) => control.JumpTo(0));
        machine.Run();
        await Assert.That(machine.Log.Single()).IsEqualTo("emu: plugin 'probe' failed and is disabled: InvalidOperationException: the callback changes the guest, which must be allowed: -p probe,allow=write");
        await Assert.That(() => machine.InstallNamed("probe")).Throws<PluginInstallException>()
            .WithMessage("plugin 'probe' changes registers and memory of the guest, which must be allowed: -p probe,allow=write");
        machine.InstallNamed("probe,allow=write");
        machine.Exit();
    }

    [Test]
    [Arguments("plain,allow=write", "plugin 'plain' changes nothing, so there is nothing to allow")]
    [Arguments("probe,allow", "plugin 'probe': option 'allow' does not take ''; allowed: write")]
    [Arguments("probe,allow=all", "plugin 'probe': option 'allow' does not take 'all'; allowed: write")]
    public async Task R4_what_can_be_allowed(string text, string message) =>
        await Assert.That(() => PluginSelection.Parse(LinkedPlugins.Plugins, [text])).Throws<PluginOptionException>().WithMessage(message);

    private delegate void Changing(VCpuControl control, Host host);

    /// <summary>Changes something before or after the instruction of that number from the program's beginning.</summary>
    private static void Change(TestMachine machine, int number, bool isAfter, Changing change)
    {
        Host host = null!;
        machine.Install(new Probe
        {
            Installing = (Probe self, in GuestInfo _) => host = self.Host,
            Translating = (_, block) =>
            {
                foreach (var insn in block)
                    if (insn.Address == TestMachine.Code + 4 * (ulong)number)
                        Probe.ChangeAt(insn, isAfter);
            },
            Changing = (_, control, _) => change(control, host),
        });
    }

    private static ulong Word(TestMachine machine, ulong offset) => machine.Memory.TryRead(TestMachine.Data + offset, out ulong word) ? word : throw new InvalidOperationException("no such word");

    private static TestMachine Machine(string backend, Action<Assembler> program) =>
        new(program, backend: backend == "x64" ? static (guest, memory) => new X64Backend(guest, memory) : null) { MayChange = true };
}
