using System.CommandLine;

namespace Emu.Bench.Commands;

/// <summary>The options of <c>regress</c>.</summary>
internal sealed class RegressOptions
{
    public PeerOptions Peers { get; } = new();

    public Option<bool> Count { get; } = new("--count") { Description = "Count instructions of the host instead of taking times: for noisy machines." };

    public Option<string> Tool { get; } = new("--tool") { Description = "What counts: perf, or valgrind's cachegrind (default: the first of these that works)." };

    public Option<string[]> Filter { get; } = new("--filter") { Description = "Only rows of this name, in which * stands for anything. Repeatable." };

    public Option<string> Set { get; } = new("--set") { Description = "All rows, or the small set.", DefaultValueFactory = static _ => "all" };

    public Option<int> Turns { get; } = new("--turns") { Description = "How often each program's time is taken.", DefaultValueFactory = static _ => 15 };

    public Option<double?> Threshold { get; } = new("--threshold") { Description = "Per cent by which a row may be slower (default: 5 for times, 2 for counts)." };

    public Option<string> Baseline { get; } = new("--baseline") { Description = "What to compare with; the history lies beside it (default: bench/baseline.json)." };

    public Option<string> Update { get; } = new("--update") { Description = "Rewrite the baseline with what is measured, for this reason, and add it to the history.", HelpName = "REASON" };

    public Option<string> Page { get; } = new("--page") { Description = "Measure nothing: draw the history as an HTML page.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        Set.AcceptOnlyFromAmong("small", "all");
        Tool.AcceptOnlyFromAmong("perf", "cachegrind");
        Turns.Validators.Add(static result => Require(result.GetValueOrDefault<int>() is >= 5 and <= 1000, result, "--turns wants a number from 5 to 1000"));
        Threshold.Validators.Add(static result => Require(result.GetValueOrDefault<double?>() is > 0 and < 1000, result, "--threshold wants a number above 0 and below 1000"));
        Option[] options = [Peers.Emu, Count, Tool, Filter, Set, Turns, Threshold, Baseline, Update, Page];
        foreach (var option in options)
            command.Options.Add(option);
    }

    private static void Require(bool holds, System.CommandLine.Parsing.OptionResult result, string message)
    {
        if (!holds)
            result.AddError(message);
    }
}
