using System.Globalization;
using System.Net;
using System.Text;

namespace Emu.Bench.Regression;

/// <summary>The history as a page: for each way of measuring, a plot of all rows together and one of each. It needs nothing else, no script, no network, no other file.</summary>
internal sealed class HistoryPage
{
    private readonly StringBuilder _text = new();

    private HistoryPage(History history)
    {
        _text.Append($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>Emu: history of the baseline</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <main>
            <h1>History of the baseline</h1>
            <p>Each point is a baseline: the median, from the fastest to the slowest run. Less is better. Points tell their date and reason when the pointer is on them.</p>

            """);
        if (history.Entries.Count == 0)
            _text.Append("<p>There is none yet.</p>\n");
        foreach (var way in history.Entries.GroupBy(static entry => (entry.Mode, entry.Conditions)))
            Add(way.Key.Mode, way.Key.Conditions, [.. way]);
        _text.Append("</main>\n</body>\n</html>\n");
    }

    /// <summary>Writes the page.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, History history) => File.WriteAllText(path, new HistoryPage(history)._text.ToString());

    private void Add(string mode, string conditions, List<BaselineSet> entries)
    {
        var what = mode == Gate.CountMode ? "Instructions, counted by " : "Times on ";
        _text.Append($"<section>\n<h2>{WebUtility.HtmlEncode(what + conditions)}</h2>\n");
        AddTable(entries);
        var rows = entries.SelectMany(static entry => entry.Rows).GroupBy(static row => row.Name).Select(static rows => rows.Key).Order(StringComparer.Ordinal).ToList();
        _text.Append("<div class=\"plots\">\n");
        _text.Append(new HistoryPlot("all rows, geometric mean", "times the first", entries, entry => Together(entry, entries)));
        foreach (var name in rows)
        {
            var unit = entries.SelectMany(static entry => entry.Rows).Last(row => row.Name == name).Unit;
            _text.Append(new HistoryPlot(name, unit, entries, entry => entry.Rows.Find(row => row.Name == name && row.Unit == unit)));
        }

        _text.Append("</div>\n</section>\n");
    }

    private void AddTable(List<BaselineSet> entries)
    {
        _text.Append("<table>\n<tr><th>baseline</th><th>date</th><th>rows</th><th>reason</th></tr>\n");
        for (var i = 0; i < entries.Count; i++)
            _text.Append(CultureInfo.InvariantCulture, $"<tr><td>{i + 1}</td><td>{WebUtility.HtmlEncode(entries[i].Date)}</td><td>{entries[i].Rows.Count}</td><td>{WebUtility.HtmlEncode(entries[i].Reason)}</td></tr>\n");
        _text.Append("</table>\n");
    }

    /// <summary>The geometric mean of a baseline's rows, each against its first appearance: a row that comes later changes nothing by coming.</summary>
    private static Series Together(BaselineSet entry, List<BaselineSet> entries)
    {
        var logarithms = entry.Rows.Select(row => Math.Log(row.Median / entries.SelectMany(static other => other.Rows).First(first => first.Name == row.Name && first.Unit == row.Unit).Median));
        return new Series("", "", [Math.Exp(logarithms.Average())]);
    }

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1d21; --faint: #62666f; --paper: #ffffff; --raised: #f3f4f6; --line: #d8dbe0; --mark: #2563eb; --band: #9ec5f0; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e7e9ec; --faint: #9aa0aa; --paper: #16181c; --raised: #22252b; --line: #363a42; --mark: #60a5fa; --band: #2b4f7d; } }
        body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        main { max-width: 1200px; margin: 0 auto; padding: 0 1.25rem 2rem; }
        h1 { font-size: 1.5rem; margin: 1.25rem 0 .25rem; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
        p, .unit { color: var(--faint); }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin-bottom: 1rem; }
        th, td { text-align: left; padding: .15rem .8rem .15rem 0; border-bottom: 1px solid var(--line); }
        .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 1rem; }
        figure { margin: 0; background: var(--raised); border-radius: .5rem; padding: .5rem .75rem; }
        figcaption { font-weight: 600; }
        .unit { font-weight: 400; font-size: .85rem; }
        svg { width: 100%; height: auto; display: block; }
        svg text { fill: var(--faint); font: 11px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .path { fill: none; stroke: var(--mark); stroke-width: 2; }
        .range { stroke: var(--band); stroke-width: 6; stroke-linecap: round; }
        .point { fill: var(--mark); }
        """;
}
