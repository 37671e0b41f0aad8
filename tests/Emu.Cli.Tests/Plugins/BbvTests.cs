using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>Vectors as SimPoint reads them: a line of an interval begins with T, and has the number of a block and how many of the interval's instructions are its, as often as there are blocks.</summary>
public sealed partial class BbvTests
{
    private const int Interval = 5000;

    // No block of the guests is longer.
    private const int LongestBlock = 512;

    [Test]
    public async Task Intervals_have_their_length_and_all_instructions_are_there()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", "insn", "-p", $"bbv,interval={Interval},outfile={scratch.File("v")}", "bin/sort").Run();
        var lengths = (await Vectors(scratch.File("v.0.bb"))).ConvertAll(static vector => vector.Sum(static block => block.Instructions));
        await Assert.That(scratch.Names).IsEquivalentTo(["v.0.bb"]);
        foreach (var length in lengths[..^1])
            await Assert.That(length).IsBetween(Interval, Interval + LongestBlock);
        await Assert.That(lengths[^1]).IsBetween(1, Interval + LongestBlock);
        await Assert.That(lengths.Sum()).IsEqualTo(Total(outcome));
    }

    [Test]
    public async Task Blocks_keep_their_numbers_from_one_on()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"bbv,interval={Interval},outfile={scratch.File("v")}", "bin/sort").Run();
        var numbers = (await Vectors(scratch.File("v.0.bb"))).SelectMany(static vector => vector).Select(static block => block.Number).ToHashSet();
        await Assert.That(numbers.Min()).IsEqualTo(1);
        await Assert.That(numbers.Max()).IsEqualTo(numbers.Count);
    }

    [Test]
    public async Task Each_thread_has_a_file()
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", "insn", "-p", $"bbv,interval={Interval},outfile={scratch.File("v")}", Repository.BenchGuest("costs"), "threads", "80").Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        var sum = 0L;
        foreach (var file in Directory.GetFiles(scratch.Path))
            sum += (await Vectors(file)).Sum(static vector => vector.Sum(static block => block.Instructions));
        await Assert.That(scratch.Names.Count()).IsGreaterThan(1);
        await Assert.That(sum).IsEqualTo(Total(outcome));
    }

    [Test]
    [Arguments("bbv", "plugin 'bbv': option 'outfile' is missing; write -p bbv,outfile=…")]
    [Arguments("bbv,outfile=x,interval=0", "plugin 'bbv': option 'interval' does not take '0'; allowed: at least 1")]
    [Arguments("bbv,outfile=/nowhere/x", "plugin 'bbv': cannot write the file '/nowhere/x.0.bb': No such file or directory")]
    public async Task What_cannot_be_is_refused(string plugin, string message) => await Launch.Emu("-p", plugin, "bin/hello").Run().AssertRefused(125, message);

    private static async Task<List<(int Number, long Instructions)[]>> Vectors(string file)
    {
        var vectors = new List<(int, long)[]>();
        foreach (var line in File.ReadAllLines(file))
        {
            await Assert.That(Vector().IsMatch(line)).IsTrue().Because(line);
            vectors.Add([.. Block().Matches(line).Select(static block => (int.Parse(block.Groups[1].Value, CultureInfo.InvariantCulture), long.Parse(block.Groups[2].Value, CultureInfo.InvariantCulture)))]);
        }

        return vectors;
    }

    private static long Total(Outcome outcome) => long.Parse(Insns().Match(outcome.ErrorText).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^T(:[1-9][0-9]*:[1-9][0-9]* )+$")]
    private static partial Regex Vector();

    [GeneratedRegex(":([0-9]+):([0-9]+) ")]
    private static partial Regex Block();

    [GeneratedRegex("total insns: ([0-9]+)")]
    private static partial Regex Insns();
}
