using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;
using TUnit.Assertions.Enums;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>What Linux does to a program, as plugins are told of it, beside what the program says itself.</summary>
public sealed partial class EventPluginTests
{
    private const ulong PageSize = 4096;

    [Test]
    public async Task E6_signals_are_told_with_the_addresses_that_the_handler_finds()
    {
        var outcome = Launch.Emu("-p", "events,only=signals", "bin/changes", "signals").Run();
        var (told, seen) = (Lines(outcome.ErrorText), outcome.OutputText.TrimEnd('\n').Split('\n'));
        var taken = told.Where(line => !line.StartsWith("return", StringComparison.Ordinal)).ToArray();
        await Assert.That(taken.Select(WithoutKind)).IsEquivalentTo(seen.Select(line => line.Replace("0x000", "0x", StringComparison.Ordinal)), CollectionOrdering.Matching);
        // The signal of its own is from outside; it comes once in the handler of the fault, and back to where that was.
        await Assert.That(taken.Select(line => line.Split(' ')[0])).IsEquivalentTo(["exception", "interrupt", "exception", "interrupt"], CollectionOrdering.Matching);
        var returns = told.Where(line => line.StartsWith("return", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]).ToArray();
        await Assert.That(returns).Count().IsEqualTo(4);
        await Assert.That(returns[0]).IsEqualTo(taken[1].Split(' ')[3]);
        await Assert.That(returns[3]).IsEqualTo(taken[3].Split(' ')[3]);
    }

    [Test]
    public async Task E5_the_map_that_events_make_is_that_of_proc_self_maps()
    {
        var outcome = Launch.Emu("-p", "events,only=maps", "bin/changes", "maps").Run();
        await Assert.That(PagesOf(Lines(outcome.ErrorText))).IsEquivalentTo(PagesOf(outcome.OutputText));
    }

    [Test]
    public async Task R25_three_calls_wait_and_three_that_could_do_not()
    {
        var outcome = Launch.Emu("-p", "events,only=waits", "bin/changes", "waits").Run();
        await Assert.That(Lines(outcome.ErrorText)).IsEquivalentTo(["idle", "resume", "idle", "resume", "idle", "resume"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("bin/hello-libc")]
    [Arguments("bin/hello-pie")]
    public async Task E5_a_module_has_the_segments_that_its_file_says(string program)
    {
        var readelf = Launch.Tool("readelf", "-lW", program).Run();
        var line = Lines(Launch.Emu("-p", "events,only=modules", program).Run().ErrorText).Single();
        var match = ModuleLine().Match(line);
        await Assert.That(match.Groups["path"].Value).EndsWith(program);
        var bias = Number(match.Groups["base"].Value);
        var segments = match.Groups["segments"].Value.Split(' ').Select(text => Segment().Match(text)).Select(found =>
            (Offset: Number(found.Groups[3].Value), Address: Number(found.Groups[1].Value) - bias, Size: Number(found.Groups[2].Value) - Number(found.Groups[1].Value)));
        var expected = LoadLine().Matches(readelf.OutputText).Select(found => (Offset: Number(found.Groups[1].Value), Address: Number(found.Groups[2].Value), Size: Number(found.Groups[3].Value)));
        await Assert.That(segments).IsEquivalentTo(expected, CollectionOrdering.Matching);
    }

    [Test]
    public async Task E5_forks_are_told_in_both_processes_and_programs_before_they_are_executed()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", "events,only=processes", "-D", scratch.File("log"), "bin/processes", "children").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        var lines = Lines(File.ReadAllText(scratch.File("log")));
        var (parents, children) = (Numbers(lines, "fork of "), Numbers(lines, "forked as "));
        await Assert.That(parents).IsNotEmpty();
        await Assert.That(children).IsEquivalentTo(parents);
        await Assert.That(lines.Where(line => line.StartsWith("exec ", StringComparison.Ordinal) && line.EndsWith("processes exit", StringComparison.Ordinal))).IsNotEmpty();
    }

    [Test]
    public async Task E5_each_thread_starts_and_ends_once()
    {
        var lines = Launch.Emu("-p", "events,only=threads", "bin/processes", "threads").Run().ErrorText.TrimEnd('\n').Split('\n');
        await Assert.That(lines).Count().IsEqualTo(2 * 201);
        await Assert.That(lines.Distinct()).Count().IsEqualTo(2 * 201);
    }

    [Test]
    public async Task Traps_counts_the_signals_of_instructions_and_others()
    {
        var outcome = Launch.Emu("-p", "traps", "bin/changes", "signals").Run();
        await Assert.That(outcome.ErrorText).IsEqualTo("VCPU, interrupts, exceptions, hostcalls\n   0,          2,          2,          0\n");
    }

    [Test]
    public async Task A_kind_of_event_that_there_is_not_is_refused()
    {
        var outcome = Launch.Emu("-p", "events,only=weather", "bin/hello").Run();
        await Assert.That(outcome.Status).IsEqualTo(125);
        await Assert.That(outcome.ErrorText).IsEqualTo("emu: error: plugin 'events': option 'only': there is no 'weather', but signals, maps, modules, processes, threads, waits, flushes\n");
    }

    /// <summary>What was logged, without the threads.</summary>
    private static string[] Lines(string log) => [.. log.TrimEnd('\n').Split('\n').Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..])];

    private static string WithoutKind(string line) => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static ulong Number(string hexadecimal) => ulong.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string[] Numbers(string[] lines, string start) =>
        [.. lines.Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..].Split(' ')[0]).Order()];

    /// <summary>Rights, offset and name of each page, from the lines of <c>/proc/self/maps</c>.</summary>
    private static SortedDictionary<ulong, string> PagesOf(string maps)
    {
        var pages = new SortedDictionary<ulong, string>();
        foreach (Match line in MapLine().Matches(maps))
            Map(pages, line);
        return pages;
    }

    /// <summary>The same from the events.</summary>
    private static SortedDictionary<ulong, string> PagesOf(string[] events)
    {
        var pages = new SortedDictionary<ulong, string>();
        foreach (var line in events.Select(text => EventLine().Match(text)))
        {
            if (line.Groups["kind"].Value == "unmap")
                Unmap(pages, Number(line.Groups["start"].Value), Number(line.Groups["end"].Value));
            if (line.Groups["oldstart"].Success)
                Unmap(pages, Number(line.Groups["oldstart"].Value), Number(line.Groups["oldend"].Value));
            if (line.Groups["rights"].Success)
                Map(pages, line);
        }

        return pages;
    }

    private static void Unmap(SortedDictionary<ulong, string> pages, ulong start, ulong end)
    {
        for (var page = start; page < end; page += PageSize)
            pages.Remove(page);
    }

    private static void Map(SortedDictionary<ulong, string> pages, Match line)
    {
        var (start, end, name) = (Number(line.Groups["start"].Value), Number(line.Groups["end"].Value), line.Groups["name"].Value);
        for (var page = start; page < end; page += PageSize)
            pages[page] = $"{line.Groups["rights"].Value} {(name.StartsWith('/') ? Number(line.Groups["offset"].Value) + page - start : 0)} {name}";
    }

    [GeneratedRegex(@"^(?<start>[0-9a-f]+)-(?<end>[0-9a-f]+) (?<rights>[rwxps-]{4}) (?<offset>[0-9a-f]+) \S+ \d+ +(?<name>\S*)$", RegexOptions.Multiline)]
    private static partial Regex MapLine();

    [GeneratedRegex(@"^(?<kind>map|unmap|protect|move) ((?<oldstart>[0-9a-f]+)-(?<oldend>[0-9a-f]+) to )?(?<start>[0-9a-f]+)-(?<end>[0-9a-f]+)( (?<rights>[rwxps-]{4}) (?<offset>[0-9a-f]+) ?(?<name>\S*))?$")]
    private static partial Regex EventLine();

    [GeneratedRegex("^module (?<path>\\S+) base 0x(?<base>[0-9a-f]+) .* segments (?<segments>.*)$")]
    private static partial Regex ModuleLine();

    [GeneratedRegex("^0x([0-9a-f]+)-0x([0-9a-f]+)@0x([0-9a-f]+)$")]
    private static partial Regex Segment();

    [GeneratedRegex(@"^ +LOAD +0x([0-9a-f]+) 0x([0-9a-f]+) 0x[0-9a-f]+ 0x[0-9a-f]+ 0x([0-9a-f]+)", RegexOptions.Multiline)]
    private static partial Regex LoadLine();
}
