using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Standard;

public class RegsTests
{
    [Test]
    public async Task Each_value_is_counted_before_the_instruction_is_executed()
    {
        using var machine = new TestMachine(Programs.Loop(3));
        machine.InstallNamed("regs,at=0x10008,at=0x1000c,at=0x5,reg=t0,reg=s0,limit=2");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo(
            """
            0x10008 t0: 3 times, 3 values, 0x1 to 0x3
                       1  33.33 %  0x10008 t0 = 0x1
                       1  33.33 %  0x10008 t0 = 0x2
            0x10008 s0: 3 times, 1 values, 0x40000 to 0x40000
                       3 100.00 %  0x10008 s0 = 0x40000
            0x1000c t0: 3 times, 3 values, 0x0 to 0x2
                       1  33.33 %  0x1000c t0 = 0x0
                       1  33.33 %  0x1000c t0 = 0x1
            0x1000c s0: 3 times, 1 values, 0x40000 to 0x40000
                       3 100.00 %  0x1000c s0 = 0x40000
            0x5: never executed

            """);
    }

    [Test]
    public async Task More_values_than_are_told_apart_are_counted_all_the_same()
    {
        using var machine = new TestMachine(Programs.Loop(70_000));
        machine.InstallNamed("regs,at=0x10008,reg=t0,limit=0");
        machine.Run();
        await Assert.That(machine.Exit()).IsEqualTo("0x10008 t0: 70000 times, more than 65536 values, 0x1 to 0x11170\n");
    }

    [Test]
    [Arguments("at=0xyz", "option 'at' does not take '0xyz'; allowed: the name of a function, or an address such as 0x101e6")]
    [Arguments("at=main,reg=eax", "option 'reg' does not take 'eax'; allowed: zero, ra, sp,")]
    public async Task What_cannot_be_is_refused(string options, string message)
    {
        using var machine = new TestMachine();
        await Assert.That(Assert.ThrowsExactly<PluginInstallException>(() => machine.InstallNamed($"regs,{options}")).Message).StartsWith($"plugin 'regs': {message}");
    }
}
