using System.Globalization;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Guests;

/// <summary>A row of <c>tests/guests/cases.txt</c> with what was recorded for it.</summary>
/// <param name="Name">The case's name.</param>
/// <param name="Arguments">The program, relative to the folder of guests, and its arguments.</param>
internal sealed record GuestCase(string Name, string[] Arguments)
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>What <c>--backend</c> takes.</summary>
    public static IReadOnlyList<string> Backends { get; } = ["threaded", "x64"];

    /// <summary>All cases by name.</summary>
    public static IReadOnlyDictionary<string, GuestCase> All { get; } = File.ReadLines(Path.Combine(Repository.GuestFolder, "cases.txt"))
        .Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        .Select(static words => new GuestCase(words[0], [Path.Combine("bin", words[1]), .. words[2..]]))
        .ToDictionary(static guest => guest.Name);

    /// <summary>Runs it as it was recorded: almost no environment, nothing to read, in the folder of guests.</summary>
    /// <param name="options">Options of the emulator.</param>
    public Outcome Run(params string[] options) =>
        (Launch.Emu([.. options, .. Arguments]) with { Environment = ["G_NAME=guest"u8.ToArray()] }).Run();

    /// <summary>Asserts that output and end are the recorded ones.</summary>
    public async Task AssertAsRecorded(Outcome outcome)
    {
        var expected = Path.Combine(Repository.GuestFolder, "expected", Name);
        await Assert.That(outcome.OutputText).IsEqualTo(File.ReadAllText(expected + ".txt"));
        await Assert.That(outcome.Status).IsEqualTo(int.Parse(File.ReadAllText(expected + ".status"), CultureInfo.InvariantCulture));
        await Assert.That(outcome.Signal != 0).IsEqualTo(DiesBySignal);
    }

    /// <summary>True if a signal is recorded as its end. <c>exit-255</c> is the one case that exits with as much.</summary>
    private bool DiesBySignal =>
        Name != "exit-255" && int.Parse(File.ReadAllText(Path.Combine(Repository.GuestFolder, "expected", Name + ".status")), CultureInfo.InvariantCulture) > 128;
}
