using Emu.Bench.Guests;

namespace Emu.Bench.Tests.Regression;

/// <summary>
/// The proof of the gate on published files: one that is slower by a little over a tenth is caught, and the same file is never. It needs two publishes and minutes of a machine, so that
/// <c>.ci/nightly</c> runs it.
/// </summary>
[NotInParallel("published files")]
public sealed class SeededSlowdownTests : IDisposable
{
    private const string Variable = "EMU_SLOWED_EXECUTABLE";

    /// <summary>What repeats must never be told to be slower, in this many comparisons.</summary>
    private const int Repetitions = 20;

    private static readonly string[] Rows = ["guest/core", "guest/json", "guest/sha256"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emu-bench-tests-");

    [Test]
    public async Task A_tenth_more_instructions_are_caught_and_the_same_file_is_never()
    {
        var slowed = Slowed();
        await Assert.That(Regress(Published, "--count", "--update", "for the test").Status).IsEqualTo(0);
        for (var i = 0; i < Repetitions; i++)
        {
            var same = Regress(Published, "--count");
            await Assert.That(same.OutputText).Contains("no regression");
            await Assert.That(same.Status).IsEqualTo(0);
        }

        await ExpectCaught(Regress(slowed, "--count"));
    }

    [Test]
    public async Task A_tenth_more_time_is_caught_and_the_same_file_is_never()
    {
        var slowed = Slowed();
        await Assert.That(Regress(Published, "--update", "for the test").Status).IsEqualTo(0);
        for (var i = 0; i < Repetitions; i++)
        {
            var same = Regress(Published);
            await Assert.That(same.OutputText).Contains("no regression");
            await Assert.That(same.Status).IsEqualTo(0);
        }

        await ExpectCaught(Regress(slowed));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Published => Path.Combine(GuestTable.Repository(), "out", "emu");

    private static string Slowed()
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        Skip.Unless(path is { Length: > 0 }, $"{Variable} names no emulator published with -p:EmuSeededSlowdown=true (.ci/nightly makes one)");
        return path!;
    }

    private static async Task ExpectCaught(Outcome outcome)
    {
        await Assert.That(outcome.Status).IsEqualTo(1);
        await Assert.That(outcome.OutputText).Contains("\nregression: slower by more than ");
        foreach (var row in Rows)
            await Assert.That(outcome.OutputText.Split('\n').Single(line => line.StartsWith(row, StringComparison.Ordinal))).EndsWith("SLOWER");
    }

    private Outcome Regress(string emu, params string[] options)
    {
        var program = Path.Combine(Path.GetDirectoryName(typeof(SeededSlowdownTests).Assembly.Location)!, "Emu.Bench.dll");
        var filters = Rows.SelectMany(static row => new[] { "--filter", row });
        return (Launch.Of("dotnet", [program, "regress", "--emu", emu, "--baseline", Path.Combine(_folder.FullName, "baseline.json"), .. filters, .. options]) with { Longest = TimeSpan.FromMinutes(20) }).Run();
    }
}
