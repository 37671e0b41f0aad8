using System.Globalization;
using System.Net;
using System.Text;

namespace Emu.Bench.Regression;

/// <summary>One row's plot, as SVG within a figure: one baseline beside the other, as wide apart as if equally long had passed, since dates say little of changes.</summary>
/// <param name="title">The row.</param>
/// <param name="unit">What its numbers are.</param>
/// <param name="entries">The baselines.</param>
/// <param name="choose">The row's numbers in a baseline, or null if it lacks them.</param>
internal sealed class HistoryPlot(string title, string unit, IReadOnlyList<BaselineSet> entries, Func<BaselineSet, Series?> choose)
{
    private const double Width = 360, Height = 150, Left = 58, Right = 12, Top = 10, Bottom = 22;

    private readonly Series?[] _rows = [.. entries.Select(choose)];
    private readonly StringBuilder _shapes = new();
    private double _low, _high;

    public override string ToString()
    {
        ChooseScale();
        DrawGrid();
        DrawPath();
        for (var i = 0; i < _rows.Length; i++)
            if (_rows[i] is { } row)
                DrawPoint(i, row);
        var name = WebUtility.HtmlEncode(title);
        return $"""
            <figure>
            <figcaption>{name} <span class="unit">{WebUtility.HtmlEncode(unit)}</span></figcaption>
            <svg viewBox="0 0 {Format(Width)} {Format(Height)}" role="img" aria-label="{name}, {WebUtility.HtmlEncode(unit)}">
            {_shapes}</svg>
            </figure>

            """;
    }

    /// <summary>A fifth around the numbers at least: what hardly changes is to look so.</summary>
    private void ChooseScale()
    {
        var samples = _rows.OfType<Series>().SelectMany(static row => row.Samples).ToList();
        var (lowest, highest) = (samples.Min(), samples.Max());
        var margin = Math.Max((highest - lowest) * 0.1, 0.1 * highest - (highest - lowest) / 2);
        (_low, _high) = (Math.Max(0, lowest - margin), highest + margin);
    }

    private void DrawGrid()
    {
        for (var i = 0; i <= 2; i++)
        {
            var value = _low + (_high - _low) * i / 2;
            _shapes.Append($"<line class=\"grid\" x1=\"{Format(Left)}\" x2=\"{Format(Width - Right)}\" y1=\"{Format(Y(value))}\" y2=\"{Format(Y(value))}\"/>");
            _shapes.Append($"<text x=\"{Format(Left - 6)}\" y=\"{Format(Y(value) + 4)}\" text-anchor=\"end\">{Number(value)}</text>\n");
        }

        _shapes.Append($"<text x=\"{Format(X(0))}\" y=\"{Format(Height - 5)}\" text-anchor=\"{(entries.Count == 1 ? "middle" : "start")}\">{WebUtility.HtmlEncode(entries[0].Date)}</text>\n");
        if (entries.Count > 1)
            _shapes.Append($"<text x=\"{Format(X(entries.Count - 1))}\" y=\"{Format(Height - 5)}\" text-anchor=\"end\">{WebUtility.HtmlEncode(entries[^1].Date)}</text>\n");
    }

    private void DrawPath()
    {
        var points = Enumerable.Range(0, _rows.Length).Where(i => _rows[i] is not null).Select(i => $"{Format(X(i))},{Format(Y(_rows[i]!.Median))}");
        _shapes.Append($"<polyline class=\"path\" points=\"{string.Join(' ', points)}\"/>\n");
    }

    private void DrawPoint(int index, Series row)
    {
        var (x, lowest, highest) = (Format(X(index)), row.Samples.Min(), row.Samples.Max());
        var range = row.Samples.Length > 1 ? $", {Number(lowest)} to {Number(highest)} in {row.Samples.Length} runs" : "";
        _shapes.Append($"<g><title>{WebUtility.HtmlEncode($"{entries[index].Date}: {Number(row.Median)}{range}; {entries[index].Reason}")}</title>");
        if (highest > lowest)
            _shapes.Append($"<line class=\"range\" x1=\"{x}\" x2=\"{x}\" y1=\"{Format(Y(lowest))}\" y2=\"{Format(Y(highest))}\"/>");
        _shapes.Append($"<circle class=\"point\" cx=\"{x}\" cy=\"{Format(Y(row.Median))}\" r=\"4\"/></g>\n");
    }

    private double X(int index) => entries.Count == 1 ? (Left + Width - Right) / 2 : Left + 10 + (Width - Left - Right - 20) * index / (entries.Count - 1);

    private double Y(double value) => Height - Bottom - (Height - Top - Bottom) * (value - _low) / (_high - _low);

    private static string Number(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " M",
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    private static string Format(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
