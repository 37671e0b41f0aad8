namespace Emu.Cli.Tests.Guests;

/// <summary>Whole programs on the published file: each recorded case prints and ends as recorded, whatever watches it.</summary>
public sealed class GuestCaseTests
{
    private static readonly string[] Short =
        ["hello", "integer", "float", "atomics", "selfmod", "fault-write", "libc-numbers", "count-branches", "cxx-tour"];

    private static readonly string[] ManyKinds = ["integer", "float", "libc-strings", "libc-heap"];

    private static readonly string[] Without =
    [
        "nofuse", "nopass=copy", "nopass=fold", "nopass=peephole", "nopass=address", "nopass=branch",
        "nopass=deadglobals", "nopass=deadtemps", "nopass=counters", "nopass=schedule",
    ];

    public static IEnumerable<(string, string)> Names() => [.. from name in GuestCase.All.Keys from backend in GuestCase.Backends select (name, backend)];

    public static IEnumerable<(string, string)> ShortNames() => [.. from name in Short from backend in GuestCase.Backends select (name, backend)];

    public static IEnumerable<(string, string, string)> Reduced() =>
        [.. from name in ManyKinds from items in Without.Append(string.Join(',', Without)) from backend in GuestCase.Backends select (name, items, backend)];

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_guest_behaves_as_recorded(string name, string backend)
    {
        var outcome = GuestCase.All[name].Run("--backend", backend);
        await GuestCase.All[name].AssertAsRecorded(outcome);
        await Assert.That(outcome.ErrorText).DoesNotContain("emu:");
    }

    /// <summary>Each block by both backends, as traces where it can be.</summary>
    [Test]
    [MethodDataSource(nameof(AllNames))]
    public async Task Both_backends_do_the_same_in_each_block_of_a_guest(string name)
    {
        var outcome = GuestCase.All[name].Run("--check-backends", "-d", "hot=8");
        await GuestCase.All[name].AssertAsRecorded(outcome);
        await Assert.That(outcome.ErrorText).DoesNotContain("emu:");
    }

    public static IEnumerable<string> AllNames() => GuestCase.All.Keys;

    /// <summary>With traces of all that runs twice, of what runs more often than most, and without any.</summary>
    [Test]
    [MethodDataSource(nameof(Traced))]
    public async Task A_guest_behaves_the_same_whatever_becomes_a_trace(string name, int entries)
    {
        var outcome = GuestCase.All[name].Run("--backend", "x64", "-d", $"verify,hot={entries}");
        await GuestCase.All[name].AssertAsRecorded(outcome);
        await Assert.That(outcome.ErrorText).DoesNotContain("emu:");
    }

    public static IEnumerable<(string, int)> Traced() => [.. from name in GuestCase.All.Keys from entries in (int[])[0, 1, 10] select (name, entries)];

    [Test]
    [MethodDataSource(nameof(Names))]
    public async Task A_guest_behaves_the_same_under_plugins(string name, string backend)
    {
        var outcome = GuestCase.All[name].Run("--backend", backend, "-p", "insn", "-p", "bb,inline", "-p", "mem", "-p", "howvec,inline", "-p", "hotblocks");
        await GuestCase.All[name].AssertAsRecorded(outcome);
        await Assert.That(outcome.ErrorText).Matches(@"total insns: [1-9]\d*\n");
        await Assert.That(outcome.ErrorText).DoesNotContain("emu:");
    }

    [Test]
    [MethodDataSource(nameof(ShortNames))]
    public async Task A_guest_behaves_the_same_one_instruction_at_a_time(string name, string backend)
    {
        var outcome = GuestCase.All[name].Run("--backend", backend, "--one-insn-per-tb", "-p", "insn,inline", "-p", "bb");
        await GuestCase.All[name].AssertAsRecorded(outcome);
        var totals = PluginTotals.Of(outcome.ErrorText);
        await Assert.That(totals.Blocks).IsNotNull().And.IsEqualTo(totals.Insns);
    }

    [Test]
    [MethodDataSource(nameof(Reduced))]
    public async Task A_guest_behaves_the_same_without_each_pass_and_without_fusion(string name, string items, string backend) =>
        await GuestCase.All[name].AssertAsRecorded(GuestCase.All[name].Run("--backend", backend, "-d", "verify," + items));
}
