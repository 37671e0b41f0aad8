using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Standard;

public class MixTests
{
    // Lui and addi, ten times addi and bne, addi and ecall.
    [Test]
    [Arguments("by=mnemonic", "12  50.00 % addi|10  41.67 % bne|1   4.17 % ecall|1   4.17 % lui")]
    [Arguments("by=mnemonic,limit=1", "12  50.00 % addi")]
    [Arguments("by=class", "13  54.17 % alu|10  41.67 % branch|1   4.17 % system")]
    [Arguments("by=extension", "24 100.00 % i")]
    [Arguments("by=extension,class=branch", "10 100.00 % i")]
    public async Task Kinds_are_counted(string options, string rows)
    {
        using var machine = new TestMachine(Programs.Loop(10));
        machine.InstallNamed($"mix,{options}");
        machine.Run();
        var report = machine.Exit().Split('\n').Select(static line => line.Trim()).ToArray();
        await Assert.That(string.Join('|', report[1..^2])).IsEqualTo(rows);
        await Assert.That(report[^2]).IsEqualTo(options.Contains("branch") ? "10 instructions" : "24 instructions");
    }

    [Test]
    public async Task Functions_without_a_name_are_one()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        machine.InstallNamed("mix,functions");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo("insns, share, kind, function\n          24 100.00 % i            ?\n          24 instructions\n");
    }

    [Test]
    public async Task Nothing_executed_is_no_error()
    {
        using var machine = new TestMachine(Programs.Loop(10));
        machine.InstallNamed("mix");
        await Assert.That(machine.Exit()).IsEqualTo("insns, share, kind\n           0 instructions\n");
    }
}
