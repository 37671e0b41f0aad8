using System.Globalization;
using Emu.Cli.Tests.Launching;
using Assert = Xunit.Assert;

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
            from backend in new[] { "threaded", "x64" }
            select (line, how, backend)];

    [Test]
    [MethodDataSource(nameof(Rows))]
    public void Plugins_count_what_the_program_executes(string row, string how, string backend)
    {
        var columns = row.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var debug = how == Called ? "verify,nolower" : "verify";
        how = how == Called ? "" : how;
        var outcome = GuestCase.All[columns[0]].Run("--backend", backend, "-d", debug, "-p", "insn" + how, "-p", "bb" + how, "-p", "mem" + how);
        var totals = PluginTotals.Of(outcome.ErrorText);
        Assert.Equal(Number(columns[1]), totals.Insns);
        if (columns[2] != "-")
            Assert.Equal(Number(columns[2]), totals.Blocks);
        Assert.Equal(Number(columns[3]) + Number(columns[4]), totals.Accesses);
    }

    [Test]
    [Arguments("hello")]
    [Arguments("integer")]
    [Arguments("libc-numbers")]
    [Arguments("cxx-tour")]
    public void Plugins_agree_about_a_guest_that_exits(string name)
    {
        var callbacks = PluginTotals.Of(GuestCase.All[name].Run("-p", "insn", "-p", "bb", "-p", "mem").ErrorText);
        var inline = PluginTotals.Of(GuestCase.All[name].Run("-p", "mem,inline", "-p", "bb,inline", "-p", "insn,inline").ErrorText);
        Assert.Equal(callbacks.Insns, callbacks.InsnsOfBlocks);
        Assert.Equal(inline.Insns, inline.InsnsOfBlocks);
        Assert.NotNull(callbacks.Accesses);
    }

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
