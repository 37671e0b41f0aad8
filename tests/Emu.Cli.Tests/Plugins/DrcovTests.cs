using System.Globalization;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

public sealed class DrcovTests
{
    [Test]
    [Arguments("bin/sort", 2)]
    [Arguments("bin/sort", 3)]
    [Arguments("bin/hello-libc", 2)]
    [Arguments("bin/hello-pie", 3)]
    public async Task What_is_covered_are_the_executed_blocks_in_their_file(string guest, int version)
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", "hotblocks,limit=100000", "-p", $"drcov,filename={scratch.File("cov")},version={version}", guest).Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        var file = DrcovFile.Read(scratch.File("cov"));
        await Assert.That(file.Version).IsEqualTo(version);

        var module = await Assert.That(file.Modules).HasSingleItem();
        await Assert.That((module.Id, module.Path)).IsEqualTo((0, Path.Combine(Repository.GuestFolder, guest)));
        await Assert.That(file.Blocks.TrueForAll(block => block.Offset + (ulong)block.Size <= module.End - module.Start)).IsTrue();
        var executed = outcome.ErrorText.Split('\n').Select(static line => line.Split(", ")).Where(static cells => cells.Length >= 4 && cells[0].StartsWith("0x", StringComparison.Ordinal) && cells[3] != "0");
        await Assert.That(file.Addresses.ToHashSet()).IsEquivalentTo(executed.Select(static cells => Convert.ToUInt64(cells[0], 16)).ToHashSet());
    }

    [Test]
    [Arguments("bin/sort")]
    [Arguments("bin/hello-pie")]
    public async Task Offsets_are_those_of_the_file(string guest)
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"drcov,filename={scratch.File("cov")}", guest).Run();
        var file = DrcovFile.Read(scratch.File("cov"));

        // The program's entry is the first block; readelf tells where it and the first page of the file are without a bias.
        var elf = Launch.Tool("readelf", "-hlW", guest).Run();
        Skip.When(elf.Status != 0, "readelf is not installed: package binutils");
        var words = elf.OutputText.Split('\n').Select(static line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var entry = Number(words.Single(static line => line is ["Entry", "point", "address:", _])[3]);
        var first = words.Where(static line => line is ["LOAD", ..]).Min(static line => Number(line[2])) & ~0xFFFUL;
        await Assert.That(file.Blocks.ConvertAll(static block => (ulong)block.Offset)).Contains(entry - first);
        await Assert.That(file.Modules[0].Entry - file.Modules[0].Start).IsEqualTo(entry - first);
    }

    [Test]
    [Arguments("cov.%p", 2)]
    [Arguments("cov", 1)]
    public async Task Each_process_has_a_file_of_its_own_or_only_the_first_writes(string name, int least)
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"drcov,filename={scratch.File(name)}", "bin/processes", "children").Run();
        var files = Directory.GetFiles(scratch.Path);
        await Assert.That(files.Length).IsGreaterThanOrEqualTo(least);
        foreach (var file in files)
            await Assert.That(DrcovFile.Read(file).Blocks).IsNotEmpty();
    }

    [Test]
    public async Task A_version_that_there_is_not_is_refused() =>
        await Launch.Emu("-p", "drcov,version=4", "bin/hello").Run().AssertRefused(125, "plugin 'drcov': option 'version' does not take '4'; allowed: 2 or 3");

    private static ulong Number(string text) => ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
