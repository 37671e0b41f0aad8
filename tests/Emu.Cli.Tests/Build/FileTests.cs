using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Build;

/// <summary>The published file as such.</summary>
public sealed class FileTests
{
    private const long MaxSize = 15_000_000;

    [Fact]
    public void It_is_one_file_of_less_than_15_MB() => Assert.InRange(new FileInfo(EmuExecutable.Path).Length, 1, MaxSize);

    [Fact]
    public void It_needs_the_C_library_and_nothing_of_the_framework()
    {
        var outcome = new Launch { Program = "/usr/bin/readelf", Arguments = Launch.Bytes(["-d", EmuExecutable.Path]) }.Run();
        var needed = outcome.OutputText.Split('\n').Where(static line => line.Contains("(NEEDED)", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(needed);
        Assert.All(needed, static line => Assert.Matches(@"\[(libc|libm|libdl|libpthread|librt|ld-linux-[^]]*)\.so\.\d\]", line));
    }
}
