using System.Globalization;
using System.Text.Json;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>What the page of the plugin <c>report</c> shows is what others count, and a browser draws it.</summary>
public sealed class ReportTests
{
    private const string Guest = "bin/lines4";

    [Test]
    public async Task Functions_execute_what_the_plugin_mix_counts_one_by_one()
    {
        using var scratch = new ScratchFolder();
        var data = Run(scratch, Guest);
        Launch.Emu("--report", "json", "--report-file", scratch.File("mix"), "-p", "mix,by=class,functions", Guest).Run();
        using var mix = JsonDocument.Parse(await File.ReadAllTextAsync(scratch.File("mix")));
        var expected = mix.RootElement.GetProperty("mix").GetProperty("kinds").EnumerateArray()
            .GroupBy(static row => row.GetProperty("function").GetString()!).ToDictionary(static rows => rows.Key, static rows => rows.Sum(static row => row.GetProperty("insns").GetInt64()));
        var found = data.GetProperty("functions").EnumerateArray().ToDictionary(static row => row[0].GetString()!, static row => row[2].GetInt64());
        await Assert.That(found).IsEquivalentTo(expected);
        await Assert.That(found.Count).IsGreaterThan(5);
    }

    [Test]
    [Arguments(Guest)]
    [Arguments("bin/sort")]
    public async Task Branches_are_taken_as_the_log_of_instructions_has_it(string guest)
    {
        using var scratch = new ScratchFolder();
        var data = Run(scratch, guest);
        Launch.Emu("-p", $"execlog,outfile={scratch.File("log")}", guest).Run();
        var log = File.ReadLines(scratch.File("log")).Select(static line => line.Split(", ")).Select(static cells => (Pc: Number(cells[1]), Size: cells[2].Length > 6 ? 4UL : 2UL)).ToArray();
        var expected = new Dictionary<ulong, (long Executed, long Taken)>();
        for (var index = 0; index + 1 < log.Length; index++)
        {
            var (executed, taken) = expected.GetValueOrDefault(log[index].Pc);
            expected[log[index].Pc] = (executed + 1, taken + (log[index + 1].Pc == log[index].Pc + log[index].Size ? 0 : 1));
        }

        var branches = data.GetProperty("branches").EnumerateArray().Where(static row => row[4].GetInt64() >= 0).ToDictionary(static row => Number(row[0].GetString()!), static row => (row[3].GetInt64(), row[4].GetInt64()));
        await Assert.That(branches.Count).IsGreaterThan(5);
        await Assert.That(branches).IsEquivalentTo(expected.Where(pair => branches.ContainsKey(pair.Key)).ToDictionary());
    }

    [Test]
    public async Task Pages_have_the_accesses_that_the_plugin_hotpages_counts()
    {
        using var scratch = new ScratchFolder();
        var data = Run(scratch, "bin/sort", "pages");
        Launch.Emu("--report", "json", "--report-file", scratch.File("pages"), "-p", "hotpages", "bin/sort").Run();
        using var pages = JsonDocument.Parse(await File.ReadAllTextAsync(scratch.File("pages")));
        var expected = pages.RootElement.GetProperty("hotpages").GetProperty("pages").EnumerateArray().ToDictionary(static row => Number(row.GetProperty("addr").GetString()!), static row => (row.GetProperty("reads").GetInt64(), row.GetProperty("writes").GetInt64()));
        var found = data.GetProperty("pages").EnumerateArray().ToDictionary(static row => Number(row[0].GetString()!), static row => (row[1].GetInt64(), row[2].GetInt64()));
        await Assert.That(found).IsEquivalentTo(expected);
        await Assert.That(data.GetProperty("functions").EnumerateArray().Sum(static row => row[4].GetInt64())).IsEqualTo(expected.Values.Sum(static counts => counts.Item1));
    }

    [Test]
    [Arguments(Guest)]
    [Arguments("bin/sort")]
    public async Task Frames_are_the_stacks_of_the_plugin_flame(string guest)
    {
        using var scratch = new ScratchFolder();
        var data = Run(scratch, guest, "flame");
        Launch.Emu("-p", $"flame,outfile={scratch.File("stacks")}", guest).Run();
        var stacks = File.ReadLines(scratch.File("stacks")).Select(static line => line.Split(' ')).ToDictionary(static words => words[0], static words => long.Parse(words[1], CultureInfo.InvariantCulture));
        var (path, found) = (new List<string>(), new Dictionary<string, (long Total, long Own)>());
        foreach (var frame in data.GetProperty("frames").EnumerateArray())
        {
            path.RemoveRange(frame[0].GetInt32(), path.Count - frame[0].GetInt32());
            path.Add(frame[1].GetString()!);
            found.Add(string.Join(';', path), (frame[2].GetInt64(), frame[3].GetInt64()));
        }

        await Assert.That(found).IsEquivalentTo(found.Keys.ToDictionary(static stack => stack, stack => (stacks.Where(pair => pair.Key == stack || pair.Key.StartsWith(stack + ";", StringComparison.Ordinal)).Sum(static pair => pair.Value), stacks.GetValueOrDefault(stack))));
        await Assert.That(found.Count).IsGreaterThan(5);
        // What is not there is less than a five thousandth of all.
        var all = data.GetProperty("functions").EnumerateArray().Sum(static row => row[2].GetInt64());
        await Assert.That(found[Path.GetFileName(guest)].Total).IsEqualTo(all);
        await Assert.That(stacks.Where(pair => !found.ContainsKey(pair.Key)).Select(static pair => pair.Value)).DoesNotContain(own => own > all / 5000);
    }

    [Test]
    public async Task Without_the_option_there_are_none()
    {
        using var scratch = new ScratchFolder();
        await Assert.That(Run(scratch, Guest).GetProperty("frames").GetArrayLength()).IsEqualTo(0);
    }

    [Test]
    public async Task Blocks_show_their_instructions_and_source_lines()
    {
        using var scratch = new ScratchFolder();
        var shown = Run(scratch, Guest).GetProperty("blocks")[0][3].EnumerateArray().Where(static insn => insn.GetArrayLength() == 4).ToArray();
        await Assert.That(shown.Length).IsGreaterThan(0);
        foreach (var insn in shown)
        {
            var place = insn[2].GetString()!.Split(':');
            await Assert.That(File.ReadLines(Path.Combine(Repository.GuestFolder, place[0])).ElementAt(int.Parse(place[1], CultureInfo.InvariantCulture) - 1).Trim()).IsEqualTo(insn[3].GetString());
        }
    }

    [Test]
    [Arguments(Guest, "pages,flame")]
    [Arguments("bin/libc", "pages,flame,blocks=10")]
    [Arguments("bin/count-fault", "source=off")]
    public async Task A_browser_draws_the_page_without_a_complaint(string guest, string options)
    {
        Skip.When(Oracle.Chromium.Path is null, Oracle.Chromium.SkipReason);
        using var scratch = new ScratchFolder();
        var data = Run(scratch, guest, options);
        var (document, console) = Browser.Open(scratch.File("page.html"));
        await Assert.That(console).IsEmpty();
        await Assert.That(document).Contains($"data-ready=\"{data.GetProperty("functions").GetArrayLength()}\"");
    }

    [Test]
    [Arguments("outfile=/no/such/folder/page", "No such file or directory")]
    [Arguments("pagesize=3000", "option 'pagesize' does not take '3000'; allowed: a power of two")]
    public async Task What_cannot_be_is_refused(string option, string message) => await Launch.Emu("-p", $"report,{option}", "bin/hello").Run().AssertRefused(125, message);

    /// <summary>The data of the page that a run makes.</summary>
    private static JsonElement Run(ScratchFolder scratch, string guest, string options = "blocks=50")
    {
        Launch.Emu("-p", $"report,outfile={scratch.File("page.html")},{options}", guest).Run();
        var page = File.ReadAllText(scratch.File("page.html"));
        const string Begin = "<script type=\"application/json\" id=\"data\">";
        var start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]).RootElement;
    }

    private static ulong Number(string text) => ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
