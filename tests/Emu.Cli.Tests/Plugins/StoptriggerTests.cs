using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

public sealed partial class StoptriggerTests
{
    // A block in which the guest is told to end is finished.
    private const int LongestBlock = 512;

    [Test]
    [Arguments("1000", 0)]
    [Arguments("1000:7", 7)]
    [Arguments("150000:255", 255)]
    public async Task A_number_of_instructions_ends_the_guest(string icount, int code)
    {
        var outcome = Launch.Emu("-p", "insn", "-p", $"stoptrigger,icount={icount}", "bin/sort").Run();
        await Assert.That(outcome.Status).IsEqualTo(code);
        await Assert.That(outcome.OutputText).IsEmpty();
        await Assert.That(outcome.ErrorText).Matches(@"^emu: plugin 'stoptrigger': icount reached at 0x[0-9a-f]+, exiting\n");
        var count = int.Parse(icount.Split(':')[0], CultureInfo.InvariantCulture);
        await Assert.That(int.Parse(Insns().Match(outcome.ErrorText).Groups[1].Value, CultureInfo.InvariantCulture)).IsBetween(count, count + LongestBlock);
    }

    [Test]
    [Arguments("addr=101e6:3", 3)]
    [Arguments("addr=1,addr=0x101e6", 0)]
    public async Task An_address_ends_the_guest(string options, int code)
    {
        var outcome = Launch.Emu("-p", $"stoptrigger,{options}", "bin/sort").Run();
        await Assert.That((outcome.Status, outcome.OutputText, outcome.ErrorText)).IsEqualTo((code, "", "emu: plugin 'stoptrigger': 0x101e6 reached, exiting\n"));
    }

    [Test]
    public async Task A_guest_that_comes_to_neither_ends_as_ever()
    {
        var outcome = Launch.Emu("-p", "stoptrigger,icount=1000000000:7,addr=1:8", "bin/hello").Run();
        await outcome.AssertCleanExit("hello, world\n");
    }

    [Test]
    [Arguments("stoptrigger", "nothing would end the guest: give it icount=N[:CODE] or addr=ADDRESS[:CODE]")]
    [Arguments("stoptrigger,icount=x", "option 'icount' does not take 'x'; allowed: a number, and behind a colon an exit code from 0 to 255")]
    [Arguments("stoptrigger,icount=5:256", "option 'icount' does not take '5:256'; allowed: a number, and behind a colon an exit code from 0 to 255")]
    [Arguments("stoptrigger,addr=main", "option 'addr' does not take 'main'; allowed: an address, hexadecimal, and behind a colon an exit code from 0 to 255")]
    public async Task What_cannot_be_is_refused(string plugin, string message) => await Launch.Emu("-p", plugin, "bin/hello").Run().AssertRefused(125, $"plugin 'stoptrigger': {message}");

    [GeneratedRegex("total insns: ([0-9]+)")]
    private static partial Regex Insns();
}
