using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>Threaded code has no traces: what plugins count by it is what they must count where whole programs become traces at once.</summary>
public sealed class TraceCountTests
{
    public static IEnumerable<string> Guests() => Directory.GetFiles(Path.GetDirectoryName(Repository.BenchGuest("any"))!).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [Test]
    [MethodDataSource(nameof(Guests))]
    public async Task Counts_are_the_same_with_traces(string guest)
    {
        var expected = Counts("threaded", 0, ",inline", guest);
        await Assert.That(Counts("x64", 4, ",inline", guest)).IsEqualTo(expected);
        await Assert.That(Counts("x64", 4, "", guest)).IsEqualTo(expected);
        await Assert.That(expected).Contains("total insns:").And.Contains("mem accesses:");
    }

    private static string Counts(string backend, int traceAfter, string option, string guest) =>
        Launch.Emu("--backend", backend, "-d", $"hot={traceAfter}", "-p", "insn" + option, "-p", "mem" + option, "-p", "bb" + option, Repository.BenchGuest(guest), "1").Run().ErrorText;
}
