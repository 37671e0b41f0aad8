using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.BadInput;

/// <summary>
/// All system calls with wild pointers, bad descriptors, huge lengths and long paths, beside the same program compiled for the host, on the same kernel: a call
/// succeeds or fails where it does for the host's program, and nothing dies or waits otherwise.
/// </summary>
[NotInParallel(nameof(WildCallTests))]
public sealed partial class WildCallTests
{
    private const int Share = 41;

    private static readonly string List = File.ReadAllText(Path.Combine(Repository.GuestFolder, "src", "wild.calls"));

    public static IEnumerable<int> Shares() => [.. Enumerable.Range(0, (Call().Count(List) + Share - 1) / Share)];

    [Test]
    [MethodDataSource(nameof(Shares))]
    public async Task Wild_arguments_are_answered_as_by_the_host(int share)
    {
        using var scratch = new ScratchFolder();
        string[] arguments = ["1", (share * Share).ToString(CultureInfo.InvariantCulture), Share.ToString(CultureInfo.InvariantCulture)];
        var theirs = RunIn(scratch, "theirs", Launch.Tool(await HostProgram.Compile("wild", scratch), arguments));
        var ours = RunIn(scratch, "ours", Launch.Emu([Repository.Guest("wild"), .. arguments]));
        await Assert.That(ours.ErrorText).IsEmpty();
        await Assert.That((ours.Status, ours.OutputText.Count('\n'))).IsEqualTo((0, theirs.OutputText.Count('\n')));
        await Assert.That(theirs.OutputText.Count('\n')).IsGreaterThan(0);
        await Assert.That(Differences(theirs.OutputText.Split('\n'), ours.OutputText.Split('\n'))).IsEmpty();
    }

    /// <summary>Whatever the emulator answers is either tried or left out for a reason.</summary>
    [Test]
    public async Task Every_call_is_tried_or_left_out_for_a_reason()
    {
        var answered = File.ReadLines(Path.Combine(Repository.Root, "src", "Emu.Linux", "Calls", "COVERAGE.md"))
            .Where(static line => line.EndsWith("| answered |", StringComparison.Ordinal)).Select(static line => line.Split('|')[2].Trim()).Order();
        var listed = Call().Matches(List).Concat(LeftOut().Matches(List)).Select(static match => match.Groups["name"].Value).Order();
        await Assert.That(string.Join('\n', listed)).IsEqualTo(string.Join('\n', answered));
    }

    private static Outcome RunIn(ScratchFolder scratch, string folder, Launch launch) =>
        (launch with { Directory = Directory.CreateDirectory(scratch.File(folder)).FullName }).Run();

    // More than one argument is wrong mostly, and which of them a kernel sees first is nobody's promise: errors differ from errors as they like.
    private static string Differences(string[] theirs, string[] ours)
    {
        var differences = new StringBuilder();
        foreach (var (their, our) in theirs.Zip(ours))
            if (Kinds(their) != Kinds(our))
                differences.Append("host: ").AppendLine(their).Append("emu:  ").AppendLine(our);
        return differences.ToString();
    }

    private static string Kinds(string line) => Error().Replace(line, " error");

    [GeneratedRegex(@" \d+(?= |$)")]
    private static partial Regex Error();

    [GeneratedRegex("^CALL\\((?<name>\\w+), \"\\w*\"\\)$", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex("^LEFT\\((?<name>\\w+), \"[^\"]+\"\\)$", RegexOptions.Multiline)]
    private static partial Regex LeftOut();
}
