using System.Text;
using System.Text.RegularExpressions;
using StandardPlugins;

namespace Emu.Plugins.Tests.Standard;

/// <summary>The page of the plugin <c>report</c> in a browser: it draws itself, and complains of nothing.</summary>
public sealed partial class ReportPageTests
{
    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(1_000)]
    [Arguments(100_000)]
    public async Task A_page_draws_itself_whatever_the_number_of_functions(int functions)
    {
        Skip.When(Oracle.Chromium.Path is null, Oracle.Chromium.SkipReason);
        var file = Path.Combine(Path.GetTempPath(), $"emu-report-{Guid.NewGuid():n}.html");
        await File.WriteAllBytesAsync(file, PageOf(functions));
        try
        {
            var (document, console) = Browser.Open(file);
            await Assert.That(console).IsEmpty();
            await Assert.That(document).Contains($"data-ready=\"{functions}\"");
            // A hundred rows are shown of any number, and what else there is can be asked for.
            var section = document[document.IndexOf("<section id=\"functions\"", StringComparison.Ordinal)..document.IndexOf("<section id=\"blocks\"", StringComparison.Ordinal)];
            await Assert.That(Row().Count(section) - 1).IsEqualTo(Math.Min(functions, 100));
            await Assert.That(section.Contains($"Show more ({functions - 100:n0} left)", StringComparison.Ordinal)).IsEqualTo(functions > 100);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    [Arguments(1_000, 1_003)]
    [Arguments(100_000, 3)]
    public async Task A_flame_graph_is_gone_about_in_by_keyboard(int functions, int enlarged)
    {
        Skip.When(Oracle.Chromium.Path is null, Oracle.Chromium.SkipReason);
        var rows = new List<FlameRow> { new(0, "program", 2_000_000, 0), new(1, "main", 2_000_000, 0), new(2, "half", 1_000_000, 0) };
        for (var number = 0; number < functions; number++)
            rows.Add(new(3, $"function_{number}", (ulong)(1_000_000 / functions), (ulong)(1_000_000 / functions)));
        rows.AddRange([new(2, "more", 600_000, 600_000), new(2, "rest", 400_000, 400_000)]);
        var page = Encoding.UTF8.GetString(Bytes(new ReportData { Title = "made up", Seconds = 1, Functions = [], Frames = rows }));
        // From the program down to main, to the widest below it, to its neighbour and back; that one is enlarged, then all is shown again.
        const string Keys = """
            <script>
            {
            const told = [], press = key => { document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })); told.push(document.activeElement.frame.name); };
            const frames = () => document.querySelectorAll('#flame g.frame').length, counts = [frames()];
            document.querySelector('#flame [tabindex="0"]').focus();
            ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'Enter'].forEach(press);
            counts.push(frames());
            press('Escape');
            counts.push(frames(), document.querySelectorAll('#flame [tabindex="0"]').length);
            document.documentElement.dataset.told = told.concat(counts).join(' ');
            }
            </script>
            </body>
            """;
        var file = Path.Combine(Path.GetTempPath(), $"emu-report-{Guid.NewGuid():n}.html");
        await File.WriteAllTextAsync(file, page.Replace("</body>", Keys, StringComparison.Ordinal));
        try
        {
            var (document, console) = Browser.Open(file);
            await Assert.That(console).IsEmpty();
            // What is narrower than a pixel is not drawn: a thousandth is when its caller is as wide as the picture.
            await Assert.That(document).Contains($"data-told=\"main half more half half program 5 {enlarged} 5 1\"");
            await Assert.That(document).Contains("aria-label=\"half: 1,000,000 instructions, 50.00 %; 0 of its own\"");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task Names_are_shown_as_they_are_whatever_is_in_them()
    {
        Skip.When(Oracle.Chromium.Path is null, Oracle.Chromium.SkipReason);
        const string Name = "</script><script>document.documentElement.dataset.taken = 1</script>&\"'<!--";
        var data = new ReportData { Title = "<b>title</b>", Seconds = 1, Functions = [new FunctionRow(Name, "<i>", 0) { Instructions = 1 }] };
        var file = Path.Combine(Path.GetTempPath(), $"emu-report-{Guid.NewGuid():n}.html");
        await File.WriteAllBytesAsync(file, Bytes(data));
        try
        {
            var (document, console) = Browser.Open(file);
            await Assert.That(console).IsEmpty();
            await Assert.That(document).Contains("data-ready=\"1\"").And.DoesNotContain("data-taken").And.DoesNotContain("<b>title");
            await Assert.That(document).Contains("<td class=\"t\">&lt;/script&gt;&lt;script&gt;");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task It_needs_no_other_file()
    {
        var page = Encoding.UTF8.GetString(PageOf(3));
        await Assert.That(Reference().Matches(page).Select(static match => match.Groups[1].Value).Where(static target => !target.StartsWith('#') && target != "data:,")).IsEmpty();
        await Assert.That(page).Contains("prefers-color-scheme: dark").And.Contains("@media print").And.Contains("lang=\"en\"");
    }

    private static byte[] PageOf(int functions)
    {
        var rows = new List<FunctionRow>();
        for (var number = 0; number < functions; number++)
            rows.Add(new FunctionRow($"function_{number}", "program", (ulong)number * 64) { Instructions = (ulong)(functions - number), Entries = 1, Loads = (ulong)(number % 7), Stores = (ulong)(number % 3) });
        return Bytes(new ReportData
        {
            Title = "made up",
            Seconds = 1.5,
            Functions = rows,
            Classes = [("Integer", 3), ("Loads", 1)],
            Extensions = [("i", 3), ("c", 1)],
            Pages = [(0x1000, 5, 1), (0x2000, 1, 5)],
        });
    }

    private static byte[] Bytes(ReportData data) => [.. Encoding.UTF8.GetBytes(Page.Head(data.Title)), .. data.ToJson(), .. Encoding.UTF8.GetBytes(Page.Tail)];

    [GeneratedRegex("<tr>")]
    private static partial Regex Row();

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Reference();
}
