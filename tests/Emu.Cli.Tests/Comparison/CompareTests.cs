using System.Text.Json;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Comparison;

/// <summary><c>--compare</c>: two reports beside each other.</summary>
public sealed class CompareTests : IDisposable
{
    private const string Head = """{"version":"0","pluginApi":3,"program":"p","arguments":["1"],"plugins":[],"backend":"x64","seconds":0.5,"process":17,"exitCode":0}""";

    private readonly ScratchFolder _scratch = new();

    [Test]
    public async Task What_changed_between_two_runs_is_told()
    {
        Write("a", $$$$"""{"emu":{{{{Head}}}},"insn":{"cpus":[{"cpu":0,"insns":100}],"total":{"insns":100}},"hotblocks":{"blocks":[{"pc":"0x10","ecount":9,"icount":7},{"pc":"0x20","ecount":4,"icount":2}]},"bb":{"total":{"blocks":1}}}""");
        Write("b", $$$$"""{"emu":{{{{Head}}}},"insn":{"cpus":[{"cpu":0,"insns":150}],"total":{"insns":150}},"hotblocks":{"blocks":[{"pc":"0x30","ecount":1,"icount":1},{"pc":"0x10","ecount":18,"icount":7}]},"mem":{"total":{"accesses":1}}}""");
        await Compare().AssertCleanExit("""
            A: p 1
            B: p 1

            emu: 0 values changed, 8 are the same; rows only in A: 0, only in B: 0

            insn: 2 values changed, 0 are the same; rows only in A: 0, only in B: 0
              row                            value                       A                B       difference     ratio
              cpus[0]                        insns                     100              150               50     1.500
              total                          insns                     100              150               50     1.500

            hotblocks: 1 values changed, 1 are the same; rows only in A: 1, only in B: 1
              row                            value                       A                B       difference     ratio
              blocks[0x10]                   ecount                      9               18                9     2.000
              only in A: blocks[0x20] ecount 4, icount 2
              only in B: blocks[0x30] ecount 1, icount 1

            bb: only in A

            mem: only in B

            """);
    }

    [Test]
    public async Task The_largest_differences_come_first_and_text_has_twenty_of_them()
    {
        Write("a", Table(static i => 1000));
        Write("b", Table(static i => 1000 + (i % 2 == 0 ? i : -i)));
        var lines = Compare().OutputText.Split('\n').SkipWhile(static line => !line.StartsWith("  row", StringComparison.Ordinal)).ToArray();
        await Assert.That(lines[1]).Contains("rows[p30]").And.Contains("1.030");
        await Assert.That(lines[2]).Contains("rows[p29]").And.Contains("-29").And.Contains("0.971");
        await Assert.That(lines[21]).IsEqualTo("  and 10 more, which --report json and csv have");

        using var json = JsonDocument.Parse(Compare("--report", "json").OutputText);
        var numbers = json.RootElement.GetProperty("t").GetProperty("numbers").EnumerateArray().ToArray();
        await Assert.That(numbers.Length).IsEqualTo(30);
        await Assert.That(numbers[1].GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)).IsEqualTo("""{"row":"rows[p29]","field":"n","a":1000,"b":971,"difference":-29,"ratio":0.971}""");
        await Assert.That(Compare("--report", "csv").OutputText).Contains("plugin,table,row,field,a,b,difference,ratio\nt,numbers,rows[p30],n,1000,1030,30,1.03\n");

        static string Table(Func<int, int> value) =>
            $$$$"""{"emu":{{{{Head}}}},"t":{"rows":[{{{{string.Join(',', Enumerable.Range(1, 30).Select(i => $$$$"""{"name":"p{{{{i}}}}","n":{{{{value(i)}}}}}"""))}}}}]}}""";
    }

    [Test]
    public async Task Real_reports_of_two_runs_differ_in_what_was_executed()
    {
        foreach (var (name, rounds) in new[] { ("a", "1"), ("b", "2") })
        {
            var outcome = Launch.Emu("-p", "insn", "-p", "howvec", "-p", "hotblocks", "--report", "json", "--report-file", _scratch.File(name), Path.Combine(Repository.Root, "bench", "guests", "bin", "core"), rounds).Run();
            await Assert.That(outcome.Status).IsEqualTo(0);
        }

        using var json = JsonDocument.Parse(Compare("--report", "json").OutputText);
        await Assert.That(json.RootElement.GetProperty("insn").GetProperty("numbers").EnumerateArray().All(static row => row.GetProperty("ratio").GetDouble() > 1)).IsTrue();
        await Assert.That(json.RootElement.GetProperty("emu").GetProperty("texts")[0].GetProperty("field").GetString()).IsEqualTo("arguments");
        var same = Launch.Emu("--compare", _scratch.File("a"), _scratch.File("a")).Run();
        await Assert.That(same.OutputText).Contains("insn: 0 values changed, 2 are the same").And.DoesNotContain("\n  only in A: ");
    }

    [Test]
    public async Task What_is_no_report_is_named()
    {
        Write("a", $$$$"""{"emu":{{{{Head}}}}}""");
        Write("b", "no JSON");
        await Compare().AssertRefused(125, "' is no report of --report json, or more than one: ");
        Write("b", $$$$"""{"emu":{{{{Head}}}}} {"emu":{{{{Head}}}}}""");
        await Compare().AssertRefused(125, "' is no report of --report json, or more than one: ");
        Write("b", "{}");
        await Compare().AssertRefused(125, "' is no report of --report json: it has no member 'emu'");
        Write("b", "[1]");
        await Compare().AssertRefused(125, "' is no report of --report json: it has no member 'emu'");
        Write("b", "");
        await Compare().AssertRefused(125, "' is no report of --report json, or more than one: ");
        await Launch.Emu("--compare", _scratch.File("a"), _scratch.File("none")).Run().AssertRefused(125, "there is no file '");
        await Launch.Emu("--compare", _scratch.File("a"), "/").Run().AssertRefused(125, "cannot read /: ");
    }

    [Test]
    public async Task Two_files_and_nothing_for_a_guest_are_wanted()
    {
        Write("a", $$$$"""{"emu":{{{{Head}}}}}""");
        await Launch.Emu("--compare", _scratch.File("a")).Run().AssertRefused(125, "--compare wants two reports, not 1; write: emu --compare A.json B.json");
        await Launch.Emu("--compare", _scratch.File("a"), "b", "c").Run().AssertRefused(125, "--compare wants two reports, not 3");
        await Launch.Emu("-p", "bb", "--compare", _scratch.File("a"), _scratch.File("a")).Run().AssertRefused(125, "--plugin is for a guest, and --compare runs none");
        await Launch.Emu("--report", "html", "--compare", _scratch.File("a"), _scratch.File("a")).Run().AssertRefused(125, "unknown report form 'html'");
    }

    public void Dispose() => _scratch.Dispose();

    private void Write(string name, string text) => File.WriteAllText(_scratch.File(name), text);

    private Outcome Compare(params string[] options) => Launch.Emu([.. options, "--compare", _scratch.File("a"), _scratch.File("b")]).Run();
}
