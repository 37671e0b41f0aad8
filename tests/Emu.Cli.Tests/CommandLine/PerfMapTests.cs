using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary><c>--perf-map</c>: Linux perf names translated code by it.</summary>
public sealed partial class PerfMapTests
{
    [Test]
    public async Task The_map_names_blocks_and_traces_that_lie_apart()
    {
        var lines = MapOf("--perf-map", "-d", "hot=8", "bin/sort");
        await Assert.That(lines.Where(static line => !Line().IsMatch(line))).IsEmpty();
        await Assert.That(lines.Any(static line => line.Contains(" guest:partition", StringComparison.Ordinal))).IsTrue();
        await Assert.That(lines.Any(static line => line.EndsWith(" [trace]", StringComparison.Ordinal))).IsTrue();
        var ranges = lines.Select(static line => line.Split(' ')).Select(static words => (Start: Hex(words[0]), End: Hex(words[0]) + Hex(words[1]))).Order().ToArray();
        await Assert.That(ranges.Zip(ranges.Skip(1)).Where(static pair => pair.First.End > pair.Second.Start)).IsEmpty();
    }

    [Test]
    public async Task Threaded_code_has_no_names_in_it() => await Assert.That(MapOf("--perf-map", "--backend", "threaded", "bin/hello")).IsEmpty();

    /// <summary>The judge: perf finds the guest's blocks in samples of the run.</summary>
    [Test]
    public async Task Perf_reports_the_blocks_of_a_guest()
    {
        using var scratch = new ScratchFolder();
        var data = scratch.File("perf.data");
        if (Launch.Tool("/bin/sh", "-c", "command -v perf").Run().Status != 0)
            Skip.Test("perf is not installed");
        var recorded = Launch.Tool("/usr/bin/env", "perf", "record", "-q", "-e", "cpu-clock", "-o", data, EmuExecutable.Path, "--perf-map", Repository.BenchGuest("fib"), "40").Run();
        if (recorded.Status != 0)
            Skip.Test($"perf may not record here: {recorded.ErrorText.Trim()}");
        var report = Launch.Tool("/usr/bin/env", "perf", "report", "-q", "-i", data, "--stdio", "--sort", "symbol").Run();
        await Assert.That(report.OutputText).Matches(@"[1-9]\d\.\d+%.*guest:0x");
    }

    private static ulong Hex(string digits) => ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The lines of the map of a run, whose process is told by a shell.</summary>
    private static string[] MapOf(params string[] arguments)
    {
        var outcome = Launch.EmuAfter("echo $$ >&2", arguments).Run();
        if (outcome.Status != 0)
            Assert.Fail($"the run ended with {outcome.Status}: {outcome.ErrorText}");
        var path = $"/tmp/perf-{outcome.ErrorText.Trim()}.map";
        var lines = File.ReadAllLines(path);
        File.Delete(path);
        return lines;
    }

    [GeneratedRegex(@"\A[0-9a-f]+ [0-9a-f]+ guest:\S+( \[trace\])?\z")]
    private static partial Regex Line();
}
