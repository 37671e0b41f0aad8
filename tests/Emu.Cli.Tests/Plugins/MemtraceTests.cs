using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>What is in a trace of memory accesses, however the guest ends and whatever is wrong with the file.</summary>
public sealed partial class MemtraceTests
{
    [Test]
    [Arguments("x64", "bin/sort")]
    [Arguments("x64", "bin/hello-libc")]
    [Arguments("x64", "bin/atomics")]
    [Arguments("x64", "bin/count-fault")]
    [Arguments("threaded", "bin/sort")]
    [Arguments("threaded", "bin/count-fault")]
    public async Task E2_the_accesses_are_those_that_execlog_has_though_a_signal_kills_the_guest(string backend, string guest)
    {
        using var scratch = new ScratchFolder();
        var alone = Launch.Emu(guest).Run();
        var outcome = Launch.Emu("--backend", backend, "-p", $"execlog,outfile={scratch.File("log")}", "-p", $"memtrace,outfile={scratch.File("trace")}", guest).Run();
        await Assert.That((outcome.Status, outcome.Signal, outcome.OutputText)).IsEqualTo((alone.Status, alone.Signal, alone.OutputText));
        var expected = File.ReadLines(scratch.File("log")).SelectMany(Accesses).ToList();
        var frames = MemtraceFile.Read(scratch.File("trace"));
        await Assert.That(expected).IsNotEmpty();
        foreach (var vcpu in frames.Select(static frame => frame.VCpu).Distinct())
        {
            var traced = frames.Where(frame => frame.VCpu == vcpu).SelectMany(static frame => frame.Accesses).Select(static access => (access.Pc, access.IsStore, access.Address));
            await Assert.That(traced.SequenceEqual(expected.Where(access => access.VCpu == vcpu).Select(static access => (access.Pc, access.IsStore, access.Address)))).IsTrue();
        }

        await Assert.That(frames.Sum(static frame => frame.Accesses.Count)).IsEqualTo(expected.Count);
    }

    [Test]
    [Arguments("bin/float")]
    [Arguments("bin/processes", "threads")]
    public async Task E2_nothing_is_lost_by_any_number_of_threads(params string[] guest)
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu(["-p", "mem,inline", "-p", $"memtrace,outfile={scratch.File("trace")}", .. guest]).Run();
        var frames = MemtraceFile.Read(scratch.File("trace"));
        await Assert.That(frames.Sum(static frame => (long)frame.Accesses.Count)).IsEqualTo(CountedBy(outcome.ErrorText));
        await AssertConnected(frames);
    }

    [Test]
    public async Task E2_nothing_is_lost_when_another_program_is_executed()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", "mem,inline", "-p", $"memtrace,outfile={scratch.File("trace")}", "bin/events", "replaced").Run();
        await Assert.That(Counted().Count(outcome.ErrorText)).IsEqualTo(2);
        await Assert.That(MemtraceFile.Read(scratch.File("trace")).Sum(static frame => (long)frame.Accesses.Count)).IsEqualTo(CountedBy(outcome.ErrorText));
    }

    [Test]
    public async Task E2_each_process_has_a_file_and_what_its_parent_did_is_not_in_it()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"memtrace,outfile={scratch.File("trace.%p")}", "bin/processes", "children").Run();
        var files = Directory.GetFiles(scratch.Path);
        await Assert.That(files.Length).IsGreaterThan(1);
        var firsts = new List<ulong>();
        foreach (var file in files)
        {
            var frames = MemtraceFile.Read(file);
            if (frames.Count == 0)
                continue; // a child that accessed nothing before it was killed
            await Assert.That(frames.Select(static frame => frame.Process).Distinct()).IsEquivalentTo([int.Parse(Path.GetExtension(file).AsSpan(1), CultureInfo.InvariantCulture)]);
            await AssertConnected(frames);
            firsts.Add(frames.Min(static frame => frame.First));
        }

        // A child goes on counting where it was forked: what was before is its parent's.
        await Assert.That(firsts.Count(static first => first == 0)).IsLessThan(files.Length);
    }

    [Test]
    public async Task All_formats_tell_the_same()
    {
        using var scratch = new ScratchFolder();
        foreach (var format in (string[])["binary", "csv", "din"])
            Launch.Emu("-p", $"memtrace,format={format},outfile={scratch.File(format)}", "bin/sort").Run();
        var accesses = MemtraceFile.Read(scratch.File("binary")).SelectMany(static frame => frame.Accesses).ToList();
        await Assert.That(accesses.Count).IsGreaterThan(1000);
        var csv = File.ReadAllLines(scratch.File("csv"));
        await Assert.That(csv[0]).IsEqualTo("vcpu,pc,address,size,kind");
        await Assert.That(csv.Skip(1).SequenceEqual(accesses.Select(static access => $"0,0x{access.Pc:x},0x{access.Address:x},{access.Size},{(access.IsStore ? "store" : "load")}"))).IsTrue();
        await Assert.That(File.ReadLines(scratch.File("din")).SequenceEqual(accesses.Select(static access => $"{(access.IsStore ? 1 : 0)} {access.Address:x}"))).IsTrue();
    }

    [Test]
    [Arguments("bin/sort")]
    [Arguments("bin/count-memory")] // which has atomic operations
    public async Task Lines_for_champsim_have_an_instruction_with_its_load_and_store(string guest)
    {
        using var scratch = new ScratchFolder();
        foreach (var format in (string[])["binary", "champsim"])
            Launch.Emu("-p", $"memtrace,format={format},outfile={scratch.File(format)}", guest).Run();
        var accesses = new List<(ulong Pc, ulong Address, bool IsStore)>();
        var both = 0;
        foreach (var cells in File.ReadLines(scratch.File("champsim")).Select(static line => line.Split(' ')))
        {
            await Assert.That(cells.Length).IsEqualTo(3);
            both += cells[1] != "-" && cells[2] != "-" ? 1 : 0;
            foreach (var place in (int[])[1, 2])
                if (cells[place] != "-")
                    accesses.Add((Number(cells[0][2..]), Number(cells[place][2..]), place == 2));
        }

        var expected = MemtraceFile.Read(scratch.File("binary")).SelectMany(static frame => frame.Accesses).Select(static access => (access.Pc, access.Address, access.IsStore)).ToList();
        await Assert.That(accesses.SequenceEqual(expected)).IsTrue();
        await Assert.That(both > 0).IsEqualTo(guest == "bin/count-memory");
    }

    [Test]
    [Arguments("r", false)]
    [Arguments("w", true)]
    public async Task Loads_or_stores_can_be_chosen(string track, bool areStores)
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"memtrace,outfile={scratch.File("all")}", "bin/sort").Run();
        Launch.Emu("-p", $"memtrace,track={track},outfile={scratch.File("some")}", "bin/sort").Run();
        var expected = MemtraceFile.Read(scratch.File("all")).SelectMany(static frame => frame.Accesses).Where(access => access.IsStore == areStores);
        await Assert.That(MemtraceFile.Read(scratch.File("some")).SelectMany(static frame => frame.Accesses).SequenceEqual(expected)).IsTrue();
    }

    [Test]
    [Arguments("binary")]
    [Arguments("csv")]
    public async Task A_full_disk_is_told_of_in_one_line_and_the_guest_goes_on(string format)
    {
        var alone = Launch.Emu("bin/sort").Run();
        var outcome = Launch.Emu("-p", $"memtrace,format={format},outfile=/dev/full", "--report-file", "/dev/null", "bin/sort").Run();
        await Assert.That((outcome.Status, outcome.OutputText)).IsEqualTo((0, alone.OutputText));
        await Assert.That(outcome.ErrorText).IsEqualTo("emu: plugin 'memtrace' cannot write '/dev/full': No space left on device; what it writes from now on is lost\n");
    }

    [Test]
    public async Task A_file_that_may_not_grow_ends_with_a_whole_frame()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter("ulimit -f 4", "-p", $"memtrace,outfile={scratch.File("trace")}", "bin/sort").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(outcome.ErrorText).StartsWith($"emu: plugin 'memtrace' cannot write '{scratch.File("trace")}': File too large; what it writes from now on is lost\n");
        await AssertConnected(MemtraceFile.Read(scratch.File("trace")));
    }

    [Test]
    public async Task A_pipe_without_a_reader_is_told_of_in_one_line_and_the_guest_goes_on()
    {
        using var scratch = new ScratchFolder();
        var pipe = scratch.File("pipe");
        var outcome = Launch.EmuAfter($"mkfifo {pipe}; {{ head -c 1 {pipe} >/dev/null & }}", "-p", $"memtrace,format=din,outfile={pipe}", "--report-file", "/dev/null", "bin/sort").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        await Assert.That(outcome.ErrorText).IsEqualTo($"emu: plugin 'memtrace' cannot write '{pipe}': Broken pipe; what it writes from now on is lost\n");
    }

    [Test]
    [Arguments("outfile=-", "compressed frames are no lines of a log")]
    [Arguments("format=xml", "binary")]
    [Arguments("track=x", "rw")]
    [Arguments("outfile=/no/such/folder/trace", "No such file or directory")]
    public async Task What_cannot_be_written_is_refused(string option, string message) =>
        await Launch.Emu("-p", $"memtrace,{option}", "bin/hello").Run().AssertRefused(125, message);

    /// <summary>Each thread's frames follow on one another.</summary>
    private static async Task AssertConnected(List<TraceFrame> frames)
    {
        foreach (var thread in frames.GroupBy(static frame => frame.Thread))
        {
            var next = thread.First().First;
            foreach (var frame in thread)
            {
                await Assert.That(frame.First).IsEqualTo(next);
                next += (ulong)frame.Accesses.Count;
            }
        }
    }

    private static IEnumerable<(int VCpu, ulong Pc, bool IsStore, ulong Address)> Accesses(string line)
    {
        var head = Head().Match(line);
        foreach (Match access in Access().Matches(line))
            yield return (int.Parse(head.Groups[1].Value, CultureInfo.InvariantCulture), Number(head.Groups[2].Value), access.Groups[1].Value == "store", Number(access.Groups[2].Value));
    }

    private static long CountedBy(string report) => Counted().Matches(report).Sum(static match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private static ulong Number(string digits) => ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+), 0x([0-9a-f]+),")]
    private static partial Regex Head();

    [GeneratedRegex(@", (load|store), 0x([0-9a-f]+)")]
    private static partial Regex Access();

    [GeneratedRegex(@"mem accesses: (\d+)")]
    private static partial Regex Counted();
}
