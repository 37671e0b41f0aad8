using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

public sealed partial class FlameTests
{
    /// <summary>Another reading of the same run: each executed instruction, with calls and returns told by their text.</summary>
    [Test]
    [Arguments("bin/sort")]
    public async Task Stacks_are_those_that_a_log_of_all_instructions_tells(string guest)
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("-p", $"flame,outfile={scratch.File("stacks")}", "-p", $"execlog,outfile={scratch.File("log")}", guest).Run();
        await Assert.That(outcome.Status).IsEqualTo(0);
        var symbols = Launch.Tool("nm", "-n", guest).Run();
        Skip.When(symbols.Status != 0, "nm is not installed: package binutils");

        var functions = symbols.OutputText.Split('\n').Select(static line => line.Split(' ')).Where(static words => words is [_, "T" or "t", _])
            .Select(static words => (Start: ulong.Parse(words[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), Name: words[2])).ToArray();
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var stack = new List<string> { Path.GetFileName(guest) };
        var isCalled = false;
        foreach (var line in File.ReadLines(scratch.File("log")))
        {
            var executed = Executed().Match(line);
            var address = ulong.Parse(executed.Groups[1].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (isCalled)
                stack.Add(functions.Last(function => function.Start <= address).Name);
            var key = string.Join(';', stack);
            counts[key] = counts.GetValueOrDefault(key) + 1;
            isCalled = executed.Groups[2].Value is "jal" or "jalr";
            if (executed.Groups[2].Value == "ret")
                stack.RemoveAt(stack.Count - 1);
        }

        await Assert.That(string.Join('\n', File.ReadLines(scratch.File("stacks")).Order(StringComparer.Ordinal))).IsEqualTo(string.Join('\n', counts.Select(static pair => $"{pair.Key} {pair.Value}")));
        await Assert.That(counts.Count).IsGreaterThan(10);
    }

    [Test]
    [Arguments("bin/signals", "threaded")]
    [Arguments("bin/signals", "x64")]
    [Arguments("bin/hello-libc", "x64")]
    [Arguments("bin/libc", "auto")]
    [Arguments("bin/hello-pie", "auto")]
    public async Task Every_instruction_is_in_one_stack(string guest, string backend)
    {
        using var scratch = new ScratchFolder();
        var outcome = Launch.Emu("--backend", backend, "-p", "insn", "-p", $"flame,outfile={scratch.File("stacks")}", guest).Run();
        var total = long.Parse(Insns().Match(outcome.ErrorText).Groups[1].Value, CultureInfo.InvariantCulture);
        await Assert.That(File.ReadLines(scratch.File("stacks")).Sum(static line => long.Parse(line.AsSpan(line.LastIndexOf(' ')), CultureInfo.InvariantCulture))).IsEqualTo(total);
    }

    [Test]
    public async Task A_handler_stands_on_what_it_interrupted()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"flame,outfile={scratch.File("stacks")}", "bin/inspect", "signal").Run();
        await Assert.That(File.ReadAllText(scratch.File("stacks"))).Contains(";send_signal;").And.Matches(@"(?m);send_signal(;[^;\n]+)*;\[signal 10\];[a-z_]+ [0-9]+$");
    }

    [Test]
    public async Task The_picture_is_a_document_of_its_own()
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"flame,format=svg,outfile={scratch.File("flame.svg")}", "bin/sort").Run();
        var picture = XDocument.Load(scratch.File("flame.svg"));
        XNamespace svg = "http://www.w3.org/2000/svg";
        await Assert.That(picture.Root!.Name).IsEqualTo(svg + "svg");
        await Assert.That(picture.Descendants(svg + "title").Select(static title => title.Value)).Contains(static title => title.StartsWith("checksum: 52010 instructions, 26.2", StringComparison.Ordinal));
        foreach (var shape in picture.Descendants(svg + "rect"))
            await Assert.That(Place(shape, "x") + Place(shape, "width")).IsLessThan(1200.1);
    }

    private static double Place(XElement shape, string name) => double.Parse(shape.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-9]+, 0x([0-9a-f]+), 0x[0-9a-f]+, \"([a-z.]+)")]
    private static partial Regex Executed();

    [GeneratedRegex("total insns: ([0-9]+)")]
    private static partial Regex Insns();
}
