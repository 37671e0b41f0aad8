using System.Globalization;
using Emu.Children;

namespace Emu.Bench.Regression;

/// <summary>One row of <c>bench/regress.txt</c>: a program under the emulator.</summary>
/// <param name="Name">The row.</param>
/// <param name="IsSmall">Whether it is one of the small set.</param>
/// <param name="Path">The ELF file.</param>
/// <param name="TimeRounds">Rounds when its time is taken; 0 if it takes no number.</param>
/// <param name="CountRounds">Rounds when its instructions are counted; 0 if it takes no number.</param>
/// <param name="Options">Options of the emulator.</param>
internal sealed record GateRow(string Name, bool IsSmall, string Path, long TimeRounds, long CountRounds, string[] Options)
{
    /// <summary>After this time a run is given up: its guest hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>The rows of <c>bench/regress.txt</c>, in its order.</summary>
    /// <exception cref="InvalidDataException">A line is no row.</exception>
    public static List<GateRow> Read(string repository)
    {
        var rows = new List<GateRow>();
        foreach (var line in File.ReadLines(System.IO.Path.Combine(repository, "bench", "regress.txt")))
            if (line.Length > 0 && line[0] != '#')
                rows.Add(Parse(line, repository));
        return rows;
    }

    /// <summary>The emulator with its options, the program and its rounds, in an environment of nothing, which all machines have in common.</summary>
    /// <param name="emu">The published file.</param>
    /// <param name="rounds">The program's argument; 0 for none.</param>
    /// <param name="before">Words in front: a tool that counts.</param>
    public Launch Launch(string emu, long rounds, params string[] before)
    {
        List<string> words = [.. before, emu, .. Options];
        if (Array.IndexOf(Options, "-p") >= 0)
            words.AddRange(["--report-file", "/dev/null"]);
        words.Add(Path);
        if (rounds > 0)
            words.Add(rounds.ToString(CultureInfo.InvariantCulture));
        return Children.Launch.Of(words[0], words[1..]) with { Environment = [], Longest = Longest };
    }

    private static GateRow Parse(string line, string repository)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 5 || words[1] is not ("small" or "more") || !long.TryParse(words[3], CultureInfo.InvariantCulture, out var time) ||
            !long.TryParse(words[4], CultureInfo.InvariantCulture, out var count))
            throw new InvalidDataException($"regress.txt: '{line}' is not a row: name, small or more, program, two numbers of rounds, options");
        var guest = System.IO.Path.Combine(repository, "bench", "guests", "bin", words[2]);
        var path = File.Exists(guest) ? guest : System.IO.Path.Combine(repository, "tests", "guests", "bin", words[2]);
        return File.Exists(path)
            ? new GateRow(words[0], words[1] == "small", path, time, count, words[5..])
            : throw new InvalidDataException($"regress.txt: the program '{words[2]}' of '{words[0]}' is neither in bench/guests/bin nor in tests/guests/bin");
    }
}
