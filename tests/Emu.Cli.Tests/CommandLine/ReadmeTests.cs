using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.CommandLine;

/// <summary>What the README of the repository shows is what one gets.</summary>
public sealed class ReadmeTests
{
    private const string Publishing = "&& ";

    [Test]
    public async Task The_first_command_prints_what_is_shown()
    {
        var listings = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("\n\n").Where(static part => part.StartsWith("    ", StringComparison.Ordinal)).ToArray();
        var command = listings[0][(listings[0].IndexOf(Publishing, StringComparison.Ordinal) + Publishing.Length)..];
        var shown = string.Concat(listings[1].Split('\n').Select(static line => line.TrimStart() + "\n"));
        await Assert.That(command).Contains("out/emu ");
        var outcome = (Launch.Of("sh", "-c", command.Replace("out/emu", EmuExecutable.Path)) with { Directory = Repository.Root }).Run();
        await Assert.That(outcome.OutputText + outcome.ErrorText).IsEqualTo(shown);
        await Assert.That(outcome.Status).IsEqualTo(0);
    }
}
