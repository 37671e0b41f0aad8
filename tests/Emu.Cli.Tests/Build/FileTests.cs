using Emu.Cli.Tests.Launching;
using Assert = Xunit.Assert;

namespace Emu.Cli.Tests.Build;

/// <summary>The published file as such.</summary>
public sealed class FileTests
{
    private const long MaxSize = 15_000_000;

    [Test]
    public void It_is_one_file_of_less_than_15_MB() => Assert.InRange(new FileInfo(EmuExecutable.Path).Length, 1, MaxSize);

    [Test]
    public void It_is_static_and_needs_no_library_of_the_host()
    {
        var outcome = Launch.Tool("/usr/bin/readelf", "-l", EmuExecutable.Path).Run();
        Assert.Contains(" LOAD ", outcome.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("INTERP", outcome.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("DYNAMIC", outcome.OutputText, StringComparison.Ordinal);
    }
}
