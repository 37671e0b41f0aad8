using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Guests;

/// <summary>Threads and processes that come and go leave nothing behind in the emulator that they came from.</summary>
public sealed partial class ChurnTests
{
    private const int Few = 100;
    private const int Many = 1000;

    /// <summary>KiB that each may leave: far less than the smallest thing that is made for it, a stack's touched pages or a vCPU's state.</summary>
    private const double MostForEach = 5;

    /// <summary>The runtime collects after so many bytes, in hexadecimal: what waits to be collected is not what is looked for.</summary>
    private static readonly byte[] SmallNursery = "DOTNET_GCgen0size=40000"u8.ToArray();

    [Test]
    [Arguments("threads")]
    [Arguments("forks")]
    [Arguments("programs")]
    public async Task Memory_does_not_grow(string kind)
    {
        var grown = (await PeakOf(kind, Many)) - (await PeakOf(kind, Few));
        await Assert.That(grown / (double)(Many - Few)).IsLessThan(MostForEach);
    }

    private static async Task<long> PeakOf(string kind, int count)
    {
        var launch = Launch.Emu("--stats", "bin/processes", "churn", kind, count.ToString(CultureInfo.InvariantCulture));
        var outcome = (launch with { Environment = [.. launch.Environment, SmallNursery] }).Run();
        await Assert.That(outcome.OutputText).IsEqualTo($"{count} {kind}, 0 failed\n");
        // Programs that were executed tell of themselves; the first program ends last.
        return long.Parse(Peak().Matches(outcome.ErrorText)[^1].Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("peak memory: ([0-9]+) KiB")]
    private static partial Regex Peak();
}
