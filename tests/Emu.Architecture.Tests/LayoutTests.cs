namespace Emu.Architecture.Tests;

/// <summary>The shape of the tree: what lies at the top, how folders are named, how long files get, where READMEs are.</summary>
public sealed class LayoutTests
{
    private const int LongestFile = 500;

    private static readonly string[] TopLevel = ["src", "generators", "plugins", "tests", "bench", "nativeaot.props", "Emu.sln", "README.md",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "LICENSE"];

    // A folder is a stage or a concept; these names say neither.
    private static readonly string[] BannedFolders = ["Helpers", "Helper", "Utils", "Utilities", "Util", "Common", "Misc", "Manager", "Managers", "docs"];

    [Test]
    public async Task Nothing_else_lies_at_the_top()
    {
        var entries = Repository.Files.Select(f => f.Split('/')[0]).Where(e => !e.StartsWith('.')).Distinct();
        await Assert.That(entries.Except(TopLevel)).IsEmpty();
    }

    [Test]
    public async Task No_folder_has_an_empty_name()
    {
        var folders = Repository.Files.SelectMany(f => f.Split('/')[..^1]).Distinct();
        await Assert.That(folders.Intersect(BannedFolders, StringComparer.OrdinalIgnoreCase)).IsEmpty();
    }

    [Test]
    public async Task No_source_file_is_long()
    {
        var tooLong = Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => (File: f, Lines: File.ReadLines(Path.Combine(Repository.Root, f)).Count())).Where(f => f.Lines > LongestFile);
        await Assert.That(tooLong).IsEmpty();
    }

    [Test]
    public async Task Every_room_has_a_readme()
    {
        var rooms = Project.All.Select(p => Path.GetDirectoryName(p.Path)!).Where(d => !d.StartsWith("tests/", StringComparison.Ordinal) && !d.StartsWith("bench/", StringComparison.Ordinal));
        string[] others = ["", "tests", "tests/guests", "bench", "bench/guests", "plugins"];
        await Assert.That(rooms.Concat(others).Select(d => d.Length == 0 ? "README.md" : d + "/README.md").Except(Repository.Files)).IsEmpty();
    }

    [Test]
    public async Task Namespaces_are_file_scoped()
    {
        var blocks = Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => Repository.Read(f).Split('\n').Any(line => line.StartsWith("namespace ", StringComparison.Ordinal) && !line.TrimEnd().EndsWith(';')));
        await Assert.That(blocks).IsEmpty();
    }

    [Test]
    public async Task Processes_are_started_in_one_place()
    {
        string[] starts = ["Process" + "StartInfo", "Process" + ".Start(", "posix" + "_spawn", "\"exec" + "ve\""];
        var elsewhere = Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => f.StartsWith("tests/", StringComparison.Ordinal) || f.StartsWith("bench/", StringComparison.Ordinal))
            .Where(f => !f.StartsWith("tests/Emu.Children/", StringComparison.Ordinal) && starts.Any(Repository.Read(f).Contains));
        await Assert.That(elsewhere).IsEmpty();
    }
}
