using System.Globalization;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Guests;

/// <summary>What the plugins count of the guests whose counts are known (<c>tests/guests/counts.txt</c>), inline and by callbacks, which translated code does itself or calls.</summary>
public sealed class CountTests
{
    private const string Called = "called";

    private static readonly char[] Blanks = [' ', '\t'];

    public static IEnumerable<(string, string, string)> Rows() =>
        [.. from line in File.ReadLines(Path.Combine(Repository.GuestFolder, "counts.txt"))
            where line.Length > 0 && line[0] != '#'
            from how in new[] { "", ",inline", Called }
            from backend in GuestCase.Backends
            select (line, how, backend)];

    [Test]
    [MethodDataSource(nameof(Rows))]
    public async Task Plugins_count_what_the_program_executes(string row, string how, string backend)
    {
        var columns = row.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var debug = how == Called ? "verify,nolower" : "verify";
        how = how == Called ? "" : how;
        var outcome = GuestCase.All[columns[0]].Run("--backend", backend, "-d", debug, "-p", "insn" + how, "-p", "bb" + how, "-p", "mem" + how);
        var totals = PluginTotals.Of(outcome.ErrorText);
        await Assert.That(totals.Insns).IsEqualTo(Number(columns[1]));
        if (columns[2] != "-")
            await Assert.That(totals.Blocks).IsEqualTo(Number(columns[2]));
        await Assert.That(totals.Accesses).IsEqualTo(Number(columns[3]) + Number(columns[4]));
    }

    [Test]
    [Arguments("hello")]
    [Arguments("integer")]
    [Arguments("libc-numbers")]
    [Arguments("cxx-tour")]
    public async Task Plugins_agree_about_a_guest_that_exits(string name)
    {
        var callbacks = PluginTotals.Of(GuestCase.All[name].Run("-p", "insn", "-p", "bb", "-p", "mem").ErrorText);
        var inline = PluginTotals.Of(GuestCase.All[name].Run("-p", "mem,inline", "-p", "bb,inline", "-p", "insn,inline").ErrorText);
        await Assert.That(callbacks.InsnsOfBlocks).IsEqualTo(callbacks.Insns);
        await Assert.That(inline.InsnsOfBlocks).IsEqualTo(inline.Insns);
        await Assert.That(callbacks.Accesses).IsNotNull();
    }

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
