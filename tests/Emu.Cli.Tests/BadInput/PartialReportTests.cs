using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.BadInput;

/// <summary>Reports of which only a part finds room: half of one is worth less than none.</summary>
public sealed class PartialReportTests
{
    private static readonly string[] Report = ["-p", "hotblocks,limit=1000", "--report", "json", "--report-file"];

    [Test]
    public async Task A_report_that_finds_no_room_leaves_no_file()
    {
        using var scratch = new ScratchFolder();
        var file = scratch.File("report");
        var outcome = Launch.EmuAfter("ulimit -f 1", [.. Report, file, "bin/hello-libc"]).Run();
        await Assert.That(outcome.ErrorText).IsEqualTo($"emu: error: cannot write the report file '{file}': File too large\n");
        await Assert.That(outcome.Status).IsEqualTo(125);
        await Assert.That(scratch.Names).IsEmpty();
    }

    [Test]
    public async Task Nor_does_that_of_a_child_whose_name_tells_the_process()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.EmuAfter("ulimit -f 1", [.. Report, scratch.File("report.%p"), "bin/processes"]).Run();
        await Assert.That(outcome.ErrorText).Contains("File too large");
        await Assert.That(scratch.Names).IsEmpty();
    }

    [Test]
    public async Task A_file_that_was_there_stays()
    {
        using var scratch = new ScratchFolder();
        await File.WriteAllTextAsync(scratch.File("report"), "earlier");
        var outcome = Launch.EmuAfter("ulimit -f 1", [.. Report, scratch.File("report"), "bin/hello-libc"]).Run();
        await Assert.That(outcome.Status).IsEqualTo(125);
        await Assert.That(scratch.Names).HasSingleItem();
    }
}
