using System.Globalization;
using Emu.Children;

namespace Emu.Bench.Regression;

/// <summary>Runs the rows of programs.</summary>
/// <param name="emu">The published file.</param>
/// <param name="rows">The rows.</param>
/// <param name="tell">Is told what is going on.</param>
internal sealed class GateMeasurement(string emu, IReadOnlyList<GateRow> rows, Action<string> tell)
{
    /// <summary>Instructions of the host for each row.</summary>
    /// <exception cref="InvalidDataException">A program failed, or printed something else than without the tool.</exception>
    public List<Series> Count(InstructionCounter counter)
    {
        var series = new List<Series>();
        foreach (var row in rows)
        {
            tell(row.Name);
            var expected = Checked(row, row.Launch(emu, row.CountRounds).Run(), null);
            var samples = new double[counter.Repetitions];
            for (var i = 0; i < samples.Length; i++)
            {
                var (outcome, instructions) = counter.Count(words => row.Launch(emu, row.CountRounds, words));
                Checked(row, outcome, expected);
                samples[i] = instructions;
            }

            series.Add(new Series(row.Name, "instructions", samples));
        }

        return series;
    }

    /// <summary>
    /// The processors' time of each row, in millions of steps of <see cref="HostLoop"/>. Every turn runs all rows once, the loop before and after each, so that a load or a clock that changes meets
    /// both. The first turn is a warm-up.
    /// </summary>
    /// <exception cref="InvalidDataException">A program failed, or printed something else in another turn.</exception>
    public List<Series> Time(int turns)
    {
        var samples = rows.Select(_ => new double[turns]).ToArray();
        var outputs = new string?[rows.Count];
        var host = new HostLoop();
        for (var turn = -1; turn < turns; turn++)
        {
            tell(turn < 0 ? "warm-up" : string.Create(CultureInfo.InvariantCulture, $"turn {turn + 1} of {turns}"));
            var before = host.SecondsPerMillionSteps();
            for (var i = 0; i < samples.Length; i++)
            {
                var run = Measured.TimeOf(rows[i].Launch(emu, rows[i].TimeRounds));
                var after = host.SecondsPerMillionSteps();
                outputs[i] = Checked(rows[i], run.Status, run.Output, outputs[i]);
                if (turn >= 0)
                    samples[i][turn] = run.CpuSeconds / ((before + after) / 2);
                before = after;
            }
        }

        return [.. samples.Select((row, i) => new Series(rows[i].Name, "million steps", row))];
    }

    private static string Checked(GateRow row, Outcome outcome, string? expected) => Checked(row, outcome.Status, outcome.OutputText, expected, outcome.ErrorText);

    private static string Checked(GateRow row, int status, string output, string? expected, string error = "")
    {
        if (status != 0)
            throw new InvalidDataException($"'{row.Name}' ended with {status} {error.Trim()}".TrimEnd());
        return expected is null || output == expected ? output : throw new InvalidDataException($"'{row.Name}' printed '{output.Trim()}', not '{expected.Trim()}'");
    }
}
