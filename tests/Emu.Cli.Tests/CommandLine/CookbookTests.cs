using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>What plugins/COOKBOOK.md shows is what one gets.</summary>
public sealed class CookbookTests
{
    private const string Indent = "    ";
    private const string Prompt = Indent + "$ emu ";
    private const string LeftOut = "…";

    [Test]
    [MethodDataSource(nameof(Questions))]
    public async Task Commands_answer_as_is_shown(string question, string listing)
    {
        using var scratch = new ScratchFolder();
        Directory.CreateSymbolicLink(Path.Combine(scratch.Path, "tests"), Path.Combine(Repository.Root, "tests"));
        foreach (var shown in listing.Split(Prompt)[1..])
        {
            var lines = shown.TrimEnd('\n').Split('\n').Select(Unindented).ToArray();
            var launch = Launch.Of("sh", "-c", $"(env -i {EmuExecutable.Path} {lines[0]}) 2>&1") with { Directory = scratch.Path, Environment = [] };
            var outcome = launch.Run();
            // The exit code is the guest's, or one of Emu's own.
            await Assert.That(outcome.Status).IsLessThan(125).Because(outcome.OutputText);
            var printed = outcome.OutputText.TrimEnd('\n');
            var (start, end) = lines.IndexOf(LeftOut) is var cut && cut < 0 ? (lines[1..], []) : (lines[1..cut], lines[(cut + 1)..]);
            if (cut < 0)
                await Assert.That(printed).IsEqualTo(string.Join('\n', start)).Because($"{question} {lines[0]}");
            await Assert.That(printed).StartsWith(string.Join('\n', start)).And.EndsWith(string.Join('\n', end));
        }
    }

    public static IEnumerable<(string Question, string Listing)> Questions() =>
        File.ReadAllText(Path.Combine(Repository.Root, "plugins", "COOKBOOK.md")).Split("\n## ")[1..].Select(static section => (section[..section.IndexOf('\n')], section[section.IndexOf(Prompt, StringComparison.Ordinal)..]));

    private static string Unindented(string line) => line.StartsWith(Indent, StringComparison.Ordinal) ? line[Indent.Length..] : line;
}
