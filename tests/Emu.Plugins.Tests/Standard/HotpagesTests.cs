using Emu.Guest.RiscV;
using Emu.Plugins.Tests.Machines;

namespace Emu.Plugins.Tests.Standard;

public class HotpagesTests
{
    [Test]
    [Arguments("", "41000:1,3,1,1 42000:0,0,1,2 40000:1,1,0,0")]
    [Arguments(",sortby=all,pagesize=8K", "40000:1,4,1,1 42000:0,0,1,2")]
    [Arguments(",sortby=reads", "41000:1,3,1,1 40000:1,1,0,0 42000:0,0,1,2")]
    [Arguments(",sortby=writes", "42000:0,0,1,2 41000:1,3,1,1 40000:1,1,0,0")]
    [Arguments(",sortby=address", "40000:1,1,0,0 41000:1,3,1,1 42000:0,0,1,2")]
    [Arguments(",sortby=address,pagesize=8K", "40000:1,4,1,1 42000:0,0,1,2")]
    [Arguments(",sortby=address,pagesize=2048", "40000:1,1,0,0 41000:1,3,1,1 42000:0,0,1,2")]
    public async Task Every_page_is_listed(string options, string pages)
    {
        using var machine = new TestMachine(static code =>
        {
            code.Ld(XRegister.T1, XRegister.S0, 0);
            code.Lui(XRegister.T0, 0x1000);
            code.Add(XRegister.T0, XRegister.T0, XRegister.S0);
            code.Sd(XRegister.T1, XRegister.T0, 0);
            code.Ld(XRegister.T1, XRegister.T0, 8);
            code.Ld(XRegister.T1, XRegister.T0, 16);
            // The access belongs to the page that it begins in.
            code.Ld(XRegister.T1, XRegister.T0, 2044);
            code.Lui(XRegister.T0, 0x2000);
            code.Add(XRegister.T0, XRegister.T0, XRegister.S0);
            code.Sd(XRegister.T1, XRegister.T0, 0);
            code.Sb(XRegister.T1, XRegister.T0, 1);
        });
        machine.InstallNamed("hotpages" + options);
        machine.Run();
        var expected = pages.Split(' ').Select(static page => Row(page.Split(':', ',')));
        await Assert.That(machine.Exit()).IsEqualTo($"Addr, RCPUs, Reads, WCPUs, Writes\n{string.Join('\n', expected)}\n");
    }

    [Test]
    public async Task The_threads_of_a_page_are_told()
    {
        using var machine = new TestMachine(static code => code.Sd(XRegister.T1, XRegister.S0, 0));
        machine.InstallNamed("hotpages");
        var first = machine.Machine.AddVCpu();
        machine.Run();
        machine.Machine.RemoveVCpu(first);
        await Assert.That(machine.Exit()).IsEqualTo("Addr, RCPUs, Reads, WCPUs, Writes\n0x0000000000040000, 0x0000, 0, 0x0002, 1\n");
    }

    [Test]
    [Arguments("io", "option 'io' needs a full machine: no device answers at the addresses of a single program")]
    [Arguments("pagesize=1000", "option 'pagesize' does not take '1000'; allowed: a power of two, at least 8")]
    [Arguments("pagesize=4", "option 'pagesize' does not take '4'; allowed: a power of two, at least 8")]
    public async Task What_cannot_be_is_refused(string options, string message)
    {
        using var machine = new TestMachine();
        await Assert.That(Assert.ThrowsExactly<PluginInstallException>(() => machine.InstallNamed($"hotpages,{options}")).Message).IsEqualTo($"plugin 'hotpages': {message}");
    }

    private static string Row(string[] page) => $"0x{page[0].PadLeft(16, '0')}, 0x{page[1].PadLeft(4, '0')}, {page[2]}, 0x{page[3].PadLeft(4, '0')}, {page[4]}";
}
