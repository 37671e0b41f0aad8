using System.Xml.Linq;
using Emu.Bench.Regression;

namespace Emu.Bench.Tests.Regression;

/// <summary>The page of plots.</summary>
public sealed class HistoryPageTests
{
    private static readonly BaselineSet[] Entries =
    [
        Entry(Gate.CountMode, "a <tool>", "the first & \"best\"", ("guest/a", [100]), ("guest/b", [5e6])),
        Entry(Gate.TimeMode, "a machine", "times", ("guest/a", [1, 2, 4])),
        Entry(Gate.CountMode, "a <tool>", "better", ("guest/a", [50])),
    ];

    [Test]
    public async Task Each_row_has_a_plot_of_its_baselines()
    {
        var plots = PageOf(Entries).Descendants("figure").ToDictionary(static figure => figure.Ancestors("section").Single().Element("h2")!.Value + ": " + figure.Element("figcaption")!.Value);
        await Assert.That(plots.Keys).IsEquivalentTo(
        [
            "Instructions, counted by a <tool>: all rows, geometric mean times the first", "Instructions, counted by a <tool>: guest/a steps", "Instructions, counted by a <tool>: guest/b steps",
            "Times on a machine: all rows, geometric mean times the first", "Times on a machine: guest/a steps",
        ]);
        var points = plots["Instructions, counted by a <tool>: guest/a steps"].Descendants("circle").ToList();
        await Assert.That(points.Count).IsEqualTo(2);
        await Assert.That(Number(points[1], "cy")).IsGreaterThan(Number(points[0], "cy"));
        await Assert.That(plots["Instructions, counted by a <tool>: guest/b steps"].Descendants("circle").Count()).IsEqualTo(1);
    }

    [Test]
    public async Task A_point_tells_its_reason_and_its_spread()
    {
        var titles = PageOf(Entries).Descendants("title").Select(static title => title.Value).ToList();
        await Assert.That(titles).Contains("2020-01-01: 100; the first & \"best\"");
        await Assert.That(titles).Contains("2020-01-01: 2, 1 to 4 in 3 runs; times");
        await Assert.That(titles).Contains("2020-01-01: 0.5; better");
    }

    [Test]
    public async Task No_history_is_a_page_that_says_so() => await Assert.That(PageOf([]).Value).Contains("There is none yet.");

    private static double Number(XElement shape, string attribute) => double.Parse(shape.Attribute(attribute)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The page's body, which is as well-formed as XML.</summary>
    private static XElement PageOf(BaselineSet[] entries)
    {
        var path = Path.GetTempFileName();
        HistoryPage.Write(path, new History([.. entries]));
        var text = File.ReadAllText(path);
        File.Delete(path);
        return XElement.Parse(text[text.IndexOf("<body>", StringComparison.Ordinal)..text.IndexOf("</html>", StringComparison.Ordinal)]);
    }

    private static BaselineSet Entry(string mode, string conditions, string reason, params (string Name, double[] Samples)[] rows) =>
        new(mode, conditions, "2020-01-01", reason, [.. rows.Select(static row => new Series(row.Name, "steps", row.Samples))]);
}
