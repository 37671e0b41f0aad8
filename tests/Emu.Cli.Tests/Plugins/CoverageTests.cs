using System.Globalization;
using System.Text;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

public sealed class CoverageTests
{
    private const string Guest = "bin/lines4";

    [Test]
    public async Task Lines_were_executed_as_often_as_the_log_of_instructions_and_addr2line_have_it()
    {
        Skip.When(Oracle.Addr2Line.Path is null, Oracle.Addr2Line.SkipReason);
        using var scratch = new ScratchFolder();
        var covered = Cover(scratch, Guest);
        var executed = covered.Lines.Where(static line => line.Value > 0).ToDictionary();
        await Assert.That(executed.Count).IsGreaterThan(40);
        await Assert.That(executed).IsEquivalentTo(Expected(scratch));
    }

    [Test]
    public async Task Lines_that_were_not_executed_are_those_that_objdump_knows_besides()
    {
        Skip.When(Oracle.Objdump.Path is null, Oracle.Objdump.SkipReason);
        using var scratch = new ScratchFolder();
        var lines = Launch.Tool(Oracle.Objdump.Path!, "--dwarf=decodedline", Guest).Run().OutputText.Split('\n').Select(static row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static cells => cells is [_, not "-" and not "0", ['0', 'x', ..], ..] && int.TryParse(cells[1], out _)).Select(static cells => (cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture))).ToHashSet();
        var covered = Cover(scratch, Guest).Lines.Keys.Select(static line => (Path.GetFileName(line.File), line.Line)).ToHashSet();
        await Assert.That(covered.Except(lines)).IsEmpty();
        // A row of no length is no code: the next one at its address counts.
        await Assert.That(covered.Count).IsGreaterThan(lines.Count * 3 / 4);
    }

    [Test]
    public async Task Functions_stand_where_the_source_has_them_and_were_called_as_often_as_entered()
    {
        using var scratch = new ScratchFolder();
        var functions = Cover(scratch, Guest).Functions;
        await Assert.That(functions.Count).IsEqualTo(13);
        var entries = Log(scratch).ToLookup(static pc => pc);
        foreach (var row in Launch.Tool("nm", Guest).Run().OutputText.Split('\n'))
            if (row.Split(' ') is [var address, "t" or "T", var name] && functions.TryGetValue(name, out var function))
                await Assert.That((name, function.Count)).IsEqualTo((name, (ulong)entries[ulong.Parse(address, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)].Count()));
        foreach (var (name, function) in functions)
            await Assert.That(File.ReadLines(Path.Combine(Repository.GuestFolder, function.File)).ElementAt(function.Line - 1)).Contains(name + "(");
    }

    [Test]
    public async Task Both_versions_of_debug_information_say_the_same()
    {
        using var scratch = new ScratchFolder();
        Cover(scratch, Guest);
        var four = await File.ReadAllTextAsync(scratch.File("info"));
        Cover(scratch, "bin/lines5");
        await Assert.That(await File.ReadAllTextAsync(scratch.File("info"))).IsEqualTo(four);
    }

    [Test]
    public async Task Genhtml_makes_pages_of_it()
    {
        Skip.When(Oracle.Genhtml.Path is null, Oracle.Genhtml.SkipReason);
        using var scratch = new ScratchFolder();
        var covered = Cover(scratch, Guest);
        var made = Launch.Tool(Oracle.Genhtml.Path!, "-o", scratch.File("pages"), scratch.File("info")).Run();
        await Assert.That((made.Status, made.ErrorText)).IsEqualTo((0, ""));
        await Assert.That(made.OutputText).Contains($"({covered.Lines.Values.Count(static count => count > 0)} of {covered.Lines.Count} lines)");
        await Assert.That(made.OutputText).Contains($"({covered.Functions.Values.Count(static function => function.Count > 0)} of {covered.Functions.Count} functions)");
        await Assert.That(File.Exists(scratch.File("pages/src/lines/lines.c.gcov.html")) || File.Exists(scratch.File("pages/lines/lines.c.gcov.html"))).IsTrue();
    }

    [Test]
    public async Task A_program_without_source_lines_says_so()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", $"coverage,outfile={scratch.File("info")}", "bin/sort").Run();
        await Assert.That(outcome.ErrorText).IsEqualTo("coverage: 0 of 0 lines, 0 of 0 functions in 0 files; 1 modules without source lines\n");
        await Assert.That(await File.ReadAllTextAsync(scratch.File("info"))).IsEmpty();
    }

    private static CoverageFile Cover(ScratchFolder scratch, string guest)
    {
        var outcome = Launch.Emu("-p", $"coverage,outfile={scratch.File("info")}", guest).Run();
        return outcome.Status == 0 ? CoverageFile.Read(scratch.File("info")) : throw new InvalidOperationException(outcome.ErrorText);
    }

    /// <summary>What each line was executed: its most executed instruction, of all the places that it was inlined at together.</summary>
    private static Dictionary<(string, int), ulong> Expected(ScratchFolder scratch)
    {
        var counts = Log(scratch).CountBy(static pc => pc).ToDictionary();
        var asked = string.Concat(counts.Keys.Select(static pc => string.Create(CultureInfo.InvariantCulture, $"0x{pc:x}\n")));
        var answers = (Launch.Tool(Oracle.Addr2Line.Path!, "-a", "-i", "-f", "-e", Guest) with { Input = Encoding.ASCII.GetBytes(asked) }).Run().OutputText.Split("0x", StringSplitOptions.RemoveEmptyEntries);
        var copies = new Dictionary<(string File, int Line, string Copy), ulong>();
        foreach (var answer in answers)
        {
            var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(" (")[0]).ToArray();
            var place = lines[2].Split(':');
            if (!int.TryParse(place[1], CultureInfo.InvariantCulture, out var number))
                continue; // assembly, which has no lines
            var key = (Path.GetRelativePath("/", Path.Combine("/", place[0])), number, lines[1] + string.Join(' ', lines[3..]));
            var count = (ulong)counts[ulong.Parse(lines[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)];
            copies[key] = Math.Max(copies.GetValueOrDefault(key), count);
        }

        return copies.GroupBy(static copy => (copy.Key.File, copy.Key.Line)).ToDictionary(static line => line.Key, static line => line.Aggregate(0UL, static (sum, copy) => sum + copy.Value));
    }

    private static IEnumerable<ulong> Log(ScratchFolder scratch)
    {
        Launch.Emu("-p", $"execlog,outfile={scratch.File("log")}", Guest).Run();
        return File.ReadLines(scratch.File("log")).Select(static line => ulong.Parse(line.Split(", ")[1].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
    }
}
