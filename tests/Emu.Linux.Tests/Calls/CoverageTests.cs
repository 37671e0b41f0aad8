using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Emu.Linux.Tests.Calls;

/// <summary>The checked-in list of system calls is what the methods say.</summary>
public sealed partial class CoverageTests
{
    private const string Update = "EMU_UPDATE_COVERAGE";

    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "src", "Emu.Linux", "Calls"));

    [Test]
    public async Task The_list_of_calls_is_up_to_date()
    {
        var list = Path.Combine(Folder, "COVERAGE.md");
        var text = Describe();
        if (Environment.GetEnvironmentVariable(Update) == "1")
            await File.WriteAllTextAsync(list, text);
        var held = await File.ReadAllTextAsync(list);
        await Assert.That(held).IsEqualTo(text).Because($"{Update}=1 has this test write {list} anew");
    }

    private static string Describe()
    {
        var methods = ReadMethods();
        var (rows, answered, refused, missing) = (new StringBuilder(), 0, 0, 0);
        foreach (var line in File.ReadLines(Path.Combine(Folder, "linux.syscalls")))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            var isThere = methods.TryGetValue(int.Parse(parts[0], CultureInfo.InvariantCulture), out var why);
            (answered, refused, missing) = (answered + (isThere && why is null ? 1 : 0), refused + (why is null ? 0 : 1), missing + (isThere ? 0 : 1));
            rows.Append(CultureInfo.InvariantCulture, $"| {parts[0]} | {parts[1]} | {(why is not null ? "refused: " + why : isThere ? "answered" : "missing")} |\n");
        }

        return $"# System calls\n\nMade by a test from `linux.syscalls` and the methods of this folder: {answered} answered, {refused} refused on purpose, {missing} missing.\n\n"
            + $"| number | name | |\n| --- | --- | --- |\n{rows}";
    }

    /// <summary>The numbers of the methods in this folder; with the reason for those that are refused.</summary>
    private static Dictionary<int, string?> ReadMethods()
    {
        var methods = new Dictionary<int, string?>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.cs"))
        {
            var source = File.ReadAllText(file);
            foreach (Match match in Attribute().Matches(source))
                methods.Add(int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture), Reason(source, match));
        }

        return methods;
    }

    private static string? Reason(string source, Match match)
    {
        if (!match.Groups["reason"].Success)
            return null;
        var reason = match.Groups["reason"].Value;
        return reason[0] == '"' ? reason[1..^1] : Regex.Match(source, $"const string {reason} = \"(?<text>[^\"]*)\"").Groups["text"].Value;
    }

    [GeneratedRegex("\\[Syscall\\((?<number>\\d+)(, Returns = [\\w.]+)?(, Refused = (?<reason>\"[^\"]*\"|\\w+))?\\)\\]")]
    private static partial Regex Attribute();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
