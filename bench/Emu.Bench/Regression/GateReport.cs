using System.Globalization;
using Emu.Bench.Reports;

namespace Emu.Bench.Regression;

/// <summary>The table of a comparison, and its last line.</summary>
/// <param name="comparisons">The rows.</param>
/// <param name="threshold">The part by which a row may differ.</param>
internal sealed class GateReport(IReadOnlyList<RowComparison> comparisons, double threshold)
{
    /// <summary>Whether a row is slower beyond the threshold.</summary>
    public bool HasRegression => comparisons.Any(static row => row.Verdict == Verdict.Slower);

    public void Write(TextWriter writer)
    {
        var table = new TextTable("row", "unit", "baseline", "now", "ratio", string.Create(CultureInfo.InvariantCulture, $"{RatioInterval.Confidence:P0} interval"), "");
        foreach (var row in comparisons)
            table.Add(row.Now.Name, row.Now.Unit, row.Before is null ? "" : Number(row.Before.Median), Number(row.Now.Median), row.Before is null ? "" : Ratio(row.Interval.Ratio),
                row.Before is null ? "" : $"{Ratio(row.Interval.Low)}..{Ratio(row.Interval.High)}", Word(row.Verdict));
        table.Write(writer);
        writer.WriteLine(Summary());
    }

    private string Summary()
    {
        var limit = string.Create(CultureInfo.InvariantCulture, $"{threshold * 100:0.##} %");
        var slower = Names(Verdict.Slower);
        var text = slower.Length > 0 ? $"regression: slower by more than {limit}: {slower}" : $"no regression: no row is slower by more than {limit}";
        return text + Also("; unclear, as the runs spread too much: ", Verdict.Unclear) + Also("; faster, which regress --update keeps: ", Verdict.Faster) +
            Also("; new, which regress --update adds: ", Verdict.New);
    }

    private string Also(string text, Verdict verdict) => Names(verdict) is { Length: > 0 } names ? text + names : "";

    private string Names(Verdict verdict) => string.Join(", ", comparisons.Where(row => row.Verdict == verdict).Select(static row => row.Now.Name));

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Slower => "SLOWER",
        Verdict.Faster => "faster",
        Verdict.Unclear => "unclear",
        Verdict.New => "new",
        _ => "same",
    };

    /// <summary>Four digits that count, and all of a large one.</summary>
    private static string Number(double value) => value >= 1000 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
