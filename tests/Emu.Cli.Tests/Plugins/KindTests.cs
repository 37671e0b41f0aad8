using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>The plugins <c>mix</c>, <c>regs</c>, <c>reuse</c> and <c>ips</c>, beside others that know the same.</summary>
public sealed partial class KindTests
{
    [Test]
    [Arguments("sort")]
    [Arguments("integer")]
    [Arguments("extensions")]
    public async Task Kinds_sum_up_to_what_howvec_and_insn_count(string guest)
    {
        using var report = JsonOf("-p", "mix,by=class", "-p", "howvec", "-p", "insn", $"bin/{guest}");
        var kinds = report.RootElement.GetProperty("mix").GetProperty("kinds").EnumerateArray().Select(static row => row.GetProperty("insns").GetInt64()).ToArray();
        var classes = report.RootElement.GetProperty("howvec").GetProperty("classes").EnumerateArray().Select(static row => row.GetProperty("hits").GetInt64());
        await Assert.That(kinds).IsEquivalentTo(classes);
        var total = report.RootElement.GetProperty("insn").GetProperty("total").GetProperty("insns").GetInt64();
        await Assert.That(report.RootElement.GetProperty("mix").GetProperty("total").GetProperty("total").GetInt64()).IsEqualTo(total);
        foreach (var by in (string[])["extension,functions", "mnemonic"])
        {
            using var other = JsonOf("-p", $"mix,by={by}", $"bin/{guest}");
            await Assert.That(other.RootElement.GetProperty("mix").GetProperty("kinds").EnumerateArray().Sum(static row => row.GetProperty("insns").GetInt64())).IsEqualTo(total);
        }
    }

    [Test]
    public async Task The_calls_of_a_function_are_counted_with_their_arguments()
    {
        var report = Launch.Emu("-p", "regs,at=partition,reg=a0,reg=a1,limit=1000000", "bin/sort").Run().ErrorText;
        var (times, different) = (Times().Match(report).Groups[1].Value, Times().Match(report).Groups[2].Value);
        var entered = Launch.Emu("-p", $"insn,range={AddressOf("partition")}", "bin/sort").Run().ErrorText;
        await Assert.That(entered).EndsWith($"total insns: {times}\n");
        var values = ValueOfA0().Matches(report);
        await Assert.That(values.Count.ToString(CultureInfo.InvariantCulture)).IsEqualTo(different);
        await Assert.That(values.Sum(static value => long.Parse(value.Groups[1].Value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)).IsEqualTo(times);
    }

    [Test]
    [Arguments(1)]
    [Arguments(16)]
    [Arguments(64)]
    public async Task Reuse_tells_the_misses_of_a_cache_that_the_model_simulates(int lines)
    {
        using var report = JsonOf("-p", "reuse", "-p", $"cache,dcachesize={64 * lines},dassoc={lines}", "bin/sort");
        var reuse = report.RootElement.GetProperty("reuse");
        var hits = reuse.GetProperty("distances").EnumerateArray().Where(row => row.GetProperty("size").GetInt64() <= lines).Sum(static row => row.GetProperty("reused").GetInt64());
        var core = report.RootElement.GetProperty("cache").GetProperty("cores")[0];
        await Assert.That(reuse.GetProperty("total").GetProperty("accesses").GetInt64()).IsEqualTo(core.GetProperty("dataAccesses").GetInt64());
        await Assert.That(core.GetProperty("dataAccesses").GetInt64() - hits).IsEqualTo(core.GetProperty("dataMisses").GetInt64());
    }

    [Test]
    public async Task A_guest_that_is_slowed_down_does_the_same()
    {
        var outcome = Launch.Emu("-p", "ips,ips=2000000,ipq=10000", "-p", "insn", "bin/sort").Run();
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((0, Launch.Emu("bin/sort").Run().OutputText));
        var match = Slowed().Match(outcome.ErrorText);
        await Assert.That(match.Groups[1].Value).IsEqualTo(match.Groups[3].Value);
        // A tenth of a second at that speed; what it needs without is much less.
        await Assert.That(double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)).IsGreaterThan(0);
        await Launch.Emu("-p", "ips,ips=0", "bin/sort").Run().AssertRefused(125, "option 'ips' does not take '0'");
        await Launch.Emu("-p", "ips", "bin/sort").Run().AssertRefused(125, "'ips'");
    }

    private static JsonDocument JsonOf(params string[] arguments) => JsonDocument.Parse(Launch.Emu(["--report", "json", .. arguments]).Run().ErrorText);

    /// <summary>The address of a function: the lowest of its blocks.</summary>
    private static string AddressOf(string name)
    {
        var blocks = Launch.Emu("-p", "hotblocks,limit=1000", "bin/sort").Run().ErrorText;
        return Regex.Matches(blocks, $"^0x0*([0-9a-f]+), .*, {name}$", RegexOptions.Multiline).Select(static match => "0x" + match.Groups[1].Value).Order(StringComparer.Ordinal).First();
    }

    [GeneratedRegex("^partition a0: ([0-9]+) times, ([0-9]+) values", RegexOptions.Multiline)]
    private static partial Regex Times();

    [GeneratedRegex("^ +([0-9]+) .* partition a0 = 0x", RegexOptions.Multiline)]
    private static partial Regex ValueOfA0();

    [GeneratedRegex("cpu 0: ([0-9]+) insns, slept ([0-9.]+) s\n(?s:.*)total insns: ([0-9]+)")]
    private static partial Regex Slowed();
}
