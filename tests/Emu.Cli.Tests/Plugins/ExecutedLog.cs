using System.Globalization;
using System.Text.RegularExpressions;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Plugins;

/// <summary>What plugin <c>execlog</c> tells of a run, and what <c>nm</c> says of the guest: another way to what plugins count that know of branches, calls and functions.</summary>
internal sealed partial class ExecutedLog
{
    private readonly (ulong Start, string Name)[] _functions;

    private ExecutedLog(List<(ulong Address, string Text)> executed, (ulong, string)[] functions) => (Executed, _functions) = (executed, functions);

    /// <summary>The instructions in the order in which they were executed.</summary>
    public IReadOnlyList<(ulong Address, string Text)> Executed { get; }

    /// <summary>Runs a guest.</summary>
    public static ExecutedLog Of(string guest)
    {
        using var scratch = new ScratchFolder();
        Launch.Emu("-p", $"execlog,outfile={scratch.File("log")}", guest).Run();
        var executed = new List<(ulong, string)>();
        foreach (var line in File.ReadLines(scratch.File("log")))
            if (Line().Match(line) is { Success: true } match)
                executed.Add((Number(match.Groups[1].Value), match.Groups[2].Value));
        var symbols = Launch.Tool("nm", "-n", guest).Run();
        Skip.When(symbols.Status != 0, "nm is not installed: package binutils");
        var functions = symbols.OutputText.Split('\n').Select(static line => line.Split(' ')).Where(static words => words is [_, "T" or "t", _]).Select(static words => (Number(words[0]), words[2])).ToArray();
        return new(executed, functions);
    }

    /// <summary>The function that an address lies in; empty for what is behind the last one.</summary>
    public string FunctionAt(ulong address) => _functions.LastOrDefault(function => function.Start <= address).Name ?? "";

    /// <summary>How often each function was called, by the instructions that keep a way back.</summary>
    public Dictionary<string, int> Calls()
    {
        var calls = new Dictionary<string, int>();
        for (var i = 1; i < Executed.Count; i++)
            if (Executed[i - 1].Text.Split(' ', '\t')[0] is "jal" or "jalr")
                calls[FunctionAt(Executed[i].Address)] = calls.GetValueOrDefault(FunctionAt(Executed[i].Address)) + 1;
        return calls;
    }

    private static ulong Number(string hexadecimal) => ulong.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex("^[0-9]+, 0x([0-9a-f]+), 0x[0-9a-f]+, \"([^\"]+)\"")]
    private static partial Regex Line();
}
