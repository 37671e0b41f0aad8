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
