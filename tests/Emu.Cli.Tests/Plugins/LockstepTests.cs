using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

public sealed class LockstepTests
{
    [Test]
    [Arguments("bin/sort")]
    [Arguments("bin/jumps")]
    [Arguments("bin/count-calls")]
    public async Task Both_backends_take_the_same_way(string guest)
    {
        using var scratch = new ScratchFolder();
        var (one, other) = Meet(scratch, ["--backend", "threaded", "-p", "insn", guest], ["--one-insn-per-tb", "-p", "insn", guest]);
        foreach (var side in (Outcome[])[one, other])
        {
            var instructions = side.ErrorText.Split('\n').Single(static line => line.StartsWith("total insns: ", StringComparison.Ordinal))["total insns: ".Length..];
            await Assert.That(side.ErrorText).Matches($"lockstep: {instructions} instructions in [0-9]+ runs were the same to the end\n");
        }

        await Assert.That(File.Exists(scratch.File("meet"))).IsFalse();
    }

    [Test]
    public async Task The_first_difference_is_told_on_both_sides()
    {
        using var scratch = new ScratchFolder();
        var (one, other) = Meet(scratch, ["bin/lines4"], ["bin/lines4", "a", "b", "c"]);
        await Assert.That((one.Status, other.Status)).IsEqualTo((0, 1));
        await Assert.That(one.ErrorText).Contains("lockstep: both were at 0x").And.Contains(" instructions in ").And.Contains(" runs were the same; then ");
        await Assert.That(other.ErrorText).Contains("lockstep: both were at 0x").And.Contains(" runs were the same; then ");
    }

    [Test]
    public async Task Who_ends_first_is_told()
    {
        using var scratch = new ScratchFolder();
        var (one, other) = Meet(scratch, ["-p", "stoptrigger,icount=100000", "bin/sort"], ["bin/sort"]);
        await Assert.That(one.ErrorText).Contains("; then this side ended, the other went on at 0x");
        await Assert.That(other.ErrorText).Contains("; then the other side ended, this one went on at 0x");
    }

    [Test]
    public async Task A_forked_child_goes_on_alone()
    {
        using var scratch = new ScratchFolder();
        var alone = Launch.Emu("bin/processes", "children").Run();
        var (one, other) = Meet(scratch, ["bin/processes", "children"], ["bin/processes", "children"]);
        await Assert.That((one.Status, other.Status)).IsEqualTo((alone.Status, alone.Status));
        await Assert.That(one.OutputText).IsEqualTo(alone.OutputText);
    }

    [Test]
    public async Task Nobody_waits_for_ever()
    {
        using var scratch = new ScratchFolder();
        await Launch.Emu("-p", $"lockstep,sockpath={scratch.File("meet")},wait=1", "bin/hello").Run().AssertRefused(125, $"no other emulator came to '{scratch.File("meet")}' within 1 s");
        await Assert.That(File.Exists(scratch.File("meet"))).IsFalse();
    }

    [Test]
    [Arguments("sockpath=/no/such/folder/meet,wait=1", "/no/such/folder/meet")]
    [Arguments("sockpath=meet,wait=0", "option 'wait' does not take '0'; allowed: 1 to 86400")]
    [Arguments("wait=1", "sockpath")]
    public async Task What_cannot_be_is_refused(string options, string message) => await Launch.Emu("-p", $"lockstep,{options}", "bin/hello").Run().AssertRefused(125, message);

    private static (Outcome One, Outcome Other) Meet(ScratchFolder scratch, string[] one, string[] other)
    {
        var plugin = $"lockstep,sockpath={scratch.File("meet")},wait=20";
        var first = Task.Run(() => Launch.Emu(["-p", plugin, .. one]).Run());
        return (Launch.Emu(["-p", plugin, .. other]).Run(), first.Result) switch { var (second, done) => (done, second) };
    }
}
