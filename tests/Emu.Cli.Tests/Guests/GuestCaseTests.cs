using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.Guests;

/// <summary>Whole programs on the published file: each recorded case prints and ends as recorded, whatever watches it.</summary>
public sealed class GuestCaseTests
{
    private static readonly string[] Backends = ["threaded", "x64"];

    public static IEnumerable<(string, string)> Names() => [.. from name in GuestCase.All.Keys from backend in Backends select (name, backend)];

    [Test]
    [MethodDataSource(nameof(Names))]
    public void A_guest_behaves_as_recorded(string name, string backend)
    {
        var outcome = GuestCase.All[name].Run("--backend", backend);
        GuestCase.All[name].AssertAsRecorded(outcome);
        Assert.DoesNotContain("emu:", outcome.ErrorText);
    }

    [Test]
    [MethodDataSource(nameof(Names))]
    public void A_guest_behaves_the_same_under_plugins(string name, string backend)
    {
        var outcome = GuestCase.All[name].Run("--backend", backend, "-p", "insn", "-p", "bb,inline", "-p", "mem", "-p", "howvec,inline", "-p", "hotblocks");
        GuestCase.All[name].AssertAsRecorded(outcome);
        Assert.Matches(@"total insns: [1-9]\d*\n", outcome.ErrorText);
        Assert.DoesNotContain("emu:", outcome.ErrorText);
    }

    [Test]
    [Arguments("hello")]
    [Arguments("integer")]
    [Arguments("float")]
    [Arguments("atomics")]
    [Arguments("selfmod")]
    [Arguments("fault-write")]
    [Arguments("libc-numbers")]
    [Arguments("count-branches")]
    [Arguments("cxx-tour")]
    public void A_guest_behaves_the_same_one_instruction_at_a_time(string name)
    {
        foreach (var backend in Backends)
        {
            var outcome = GuestCase.All[name].Run("--backend", backend, "--one-insn-per-tb", "-p", "insn,inline", "-p", "bb");
            GuestCase.All[name].AssertAsRecorded(outcome);
            var insns = PluginTotals.Of(outcome.ErrorText).Insns;
            Assert.Equal(insns, PluginTotals.Of(outcome.ErrorText).Blocks);
        }
    }

    [Test]
    [Arguments("integer")]
    [Arguments("float")]
    [Arguments("libc-strings")]
    [Arguments("libc-heap")]
    public void A_guest_behaves_the_same_without_each_pass_and_without_fusion(string name)
    {
        string[] without = ["nofuse", "nopass=copy", "nopass=fold", "nopass=peephole", "nopass=address", "nopass=branch", "nopass=deadglobals", "nopass=deadtemps", "nopass=counters", "nopass=schedule"];
        foreach (var items in without.Append(string.Join(',', without)))
            foreach (var backend in Backends)
                GuestCase.All[name].AssertAsRecorded(GuestCase.All[name].Run("--backend", backend, "-d", "verify," + items));
    }
}
