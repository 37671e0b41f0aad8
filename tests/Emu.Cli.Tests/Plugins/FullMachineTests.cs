using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>Plugins for full machines tell a program's user so, in one line.</summary>
public sealed class FullMachineTests
{
    [Test]
    [Arguments("hwprofile")]
    [Arguments("hwprofile,source,track=read,match=uart")]
    public async Task A_program_has_no_devices(string plugin) =>
        await Launch.Emu("-p", plugin, "bin/hello").Run().AssertRefused(125, "plugin 'hwprofile': a program has no devices: hwprofile is for full machines");
}
