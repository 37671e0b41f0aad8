using Emu.Backend.X64;
using Emu.Engine.Translation;
using Emu.Guest.RiscV;
using Emu.Ir.Passes;
using Emu.Plugins.Tests.Machines;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Standard;

/// <summary>The lines of execlog: columns as QEMU's plugin has them, registers exact on every backend.</summary>
public class ExeclogTests
{
    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task A_line_tells_the_instruction_its_accesses_and_what_it_changed(string backend) => await Assert.That(Lines("execlog,reg=t?", backend, Small)).IsEquivalentTo(
        [
            "0, 0x10000, 0x500293, \"li t0,5\", t0 -> 0x0000000000000005",
            "0, 0x10004, 0x543023, \"sd t0,0(s0)\", store, 0x00040000",
            "0, 0x10008, 0x43303, \"ld t1,0(s0)\", load, 0x00040000, t1 -> 0x0000000000000005",
            "0, 0x1000c, 0x5d00893, \"li a7,93\"",
            "0, 0x10010, 0x73, \"ecall\"",
        ],
        CollectionOrdering.Matching);

    [Test]
    public async Task Filters_choose_instructions_and_changes_belong_to_the_last_one_that_was_logged() => await Assert.That(Lines("execlog,reg=t?,ifilter=sd,afilter=0x1000c", "threaded", Small)).IsEquivalentTo(
        ["0, 0x10004, 0x543023, \"sd t0,0(s0)\", store, 0x00040000, t1 -> 0x0000000000000005", "0, 0x1000c, 0x5d00893, \"li a7,93\""], CollectionOrdering.Matching);

    [Test]
    public async Task Rdisas_logs_those_that_name_a_register() => await Assert.That(Lines("execlog,reg=t1,rdisas,ifilter=none", "threaded", Small)).IsEquivalentTo(
        ["0, 0x10008, 0x43303, \"ld t1,0(s0)\", load, 0x00040000, t1 -> 0x0000000000000005"], CollectionOrdering.Matching);

    [Test]
    [Arguments("execlog,reg=x1", "plugin 'execlog': no register is named 'x1'")]
    [Arguments("execlog,afilter=main", "plugin 'execlog': option 'afilter' does not take 'main'; allowed: an address, hexadecimal")]
    public async Task R4_what_does_not_exist_is_refused(string plugin, string message)
    {
        using var machine = new TestMachine(Small);
        await Assert.That(() => machine.InstallNamed(plugin)).Throws<PluginInstallException>().WithMessage(message);
    }

    /// <summary>Blocks of one instruction without any pass keep nothing back; against them both backends with all they have.</summary>
    [Test]
    [Arguments("x64")]
    [Arguments("threaded")]
    public async Task R55_every_change_is_that_of_single_steps(string backend)
    {
        const string Plugin = "execlog,reg=a*,reg=t?,reg=s*,reg=f*";
        var plain = Lines(Plugin, "threaded", Mixed, new() { MaxInstructions = 1, Passes = PassSet.None });
        var lines = Lines(Plugin, backend, Mixed);
        await Assert.That(plain.Length).IsGreaterThan(1000);
        await Assert.That(lines.Where((line, i) => i >= plain.Length || line != plain[i]).FirstOrDefault()).IsNull();
        await Assert.That(lines.Length).IsEqualTo(plain.Length);
    }

    private static void Small(Assembler code)
    {
        code.Addi(XRegister.T0, XRegister.Zero, 5);
        code.Sd(XRegister.T0, XRegister.S0, 0);
        code.Ld(XRegister.T1, XRegister.S0, 0);
    }

    /// <summary>Integers of both widths, floating point with rounding, memory, atomics and branches, in a loop.</summary>
    private static void Mixed(Assembler code)
    {
        var (top, over) = (new Label(), new Label());
        code.Addi(XRegister.T0, XRegister.Zero, 100);
        code.FcvtDL(FRegister.Fa0, XRegister.T0, 0);
        code.Place(top);
        code.Addiw(XRegister.A0, XRegister.T0, -50);
        code.Mul(XRegister.A1, XRegister.A0, XRegister.T0);
        code.Subw(XRegister.A2, XRegister.A1, XRegister.A5);
        code.Sd(XRegister.A2, XRegister.S0, 8);
        code.Lw(XRegister.A5, XRegister.S0, 8);
        code.AmoaddW(XRegister.A6, XRegister.S0, XRegister.A1, 0);
        code.FcvtDL(FRegister.Fa1, XRegister.A5, 7);
        code.FdivD(FRegister.Fs1, FRegister.Fa1, FRegister.Fa0, 7);
        code.FmulD(FRegister.Ft3, FRegister.Fs1, FRegister.Fs1, 0);
        code.Blt(XRegister.A2, XRegister.Zero, over);
        code.Xori(XRegister.S5, XRegister.A5, 0x55);
        code.Place(over);
        code.Addi(XRegister.T0, XRegister.T0, -1);
        code.Bne(XRegister.T0, XRegister.Zero, top);
    }

    private static string[] Lines(string plugin, string backend, Action<Assembler> program, TranslationOptions? options = null)
    {
        using var machine = new TestMachine(program, options ?? new() { Verify = true }, backend == "x64" ? static (guest, memory) => new X64Backend(guest, memory) : null);
        machine.InstallNamed(plugin);
        machine.Run();
        machine.Exit();
        return string.Join('\n', machine.Log).Split('\n');
    }
}
