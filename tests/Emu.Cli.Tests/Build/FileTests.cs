using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Build;

/// <summary>The published file as such.</summary>
public sealed class FileTests
{
    private const long MaxSize = 15_000_000;

    [Test]
    public async Task It_is_one_file_of_less_than_15_MB() => await Assert.That(new FileInfo(EmuExecutable.Path).Length).IsBetween(1, MaxSize);

    [Test]
    public async Task It_is_static_and_needs_no_library_of_the_host()
    {
        var outcome = Launch.Tool("/usr/bin/readelf", "-l", EmuExecutable.Path).Run();
        await Assert.That(outcome.OutputText).Contains(" LOAD ");
        await Assert.That(outcome.OutputText).DoesNotContain("INTERP");
        await Assert.That(outcome.OutputText).DoesNotContain("DYNAMIC");
    }
}
