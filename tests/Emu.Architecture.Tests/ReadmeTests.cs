using System.Text.RegularExpressions;

namespace Emu.Architecture.Tests;

/// <summary>What a README points to is there.</summary>
public sealed partial class ReadmeTests
{
    // A folder of QEMU's source.
    private static readonly string[] Elsewhere = ["tests/tcg/plugins"];

    public static IEnumerable<string> Readmes() => [.. Repository.Files.Where(f => Path.GetFileName(f) == "README.md")];

    [Test]
    [MethodDataSource(nameof(Readmes))]
    public async Task Links_and_paths_lead_somewhere(string readme)
    {
        var text = Listing().Replace(Repository.Read(readme), "");
        var folder = Path.Combine(Repository.Root, Path.GetDirectoryName(readme)!);
        var links = Link().Matches(text).Select(m => m.Groups[1].Value).Where(target => !Path.Exists(Path.Combine(folder, target)));
        var paths = RoomPath().Matches(text).Select(m => m.Groups[1].Value).Except(Elsewhere)
            .Where(path => !IsPattern(path) && !Path.Exists(Path.Combine(Repository.Root, path)) && !Path.Exists(Path.Combine(folder, path)));
        await Assert.That(links.Concat(paths)).IsEmpty();
    }

    [Test]
    [MethodDataSource(nameof(Readmes))]
    public async Task A_listing_that_names_a_file_is_that_file(string readme)
    {
        foreach (Match listing in FileListing().Matches(Repository.Read(readme)))
            await Assert.That(listing.Groups[2].Value).IsEqualTo(Repository.Read(listing.Groups[1].Value));
    }

    /// <summary>Whether a path stands for several, or for one that the reader is to make.</summary>
    private static bool IsPattern(string path) => path.Contains('*') || path.Split('/', '.').Any(part => part is "NAME" or "Name" or "CASE");

    [GeneratedRegex("```csharp\n// (tests/\\S+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FileListing();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Listing();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|generators|plugins|tests|bench)/[^\s`]*)`")]
    private static partial Regex RoomPath();
}
