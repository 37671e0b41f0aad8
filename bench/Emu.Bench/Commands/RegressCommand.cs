using System.CommandLine;
using System.Globalization;
using Emu.Bench.Guests;
using Emu.Bench.Regression;

namespace Emu.Bench.Commands;

/// <summary><c>regress</c>: the fixed set beside its baseline.</summary>
internal static class RegressCommand
{
    public static Command Create()
    {
        var options = new RegressOptions();
        var command = new Command("regress", "Measures the fixed set of bench/regress.txt and fails if a row is slower than its baseline by more than a threshold.");
        options.AddTo(command);
        command.SetAction(result => Run(options, result));
        return command;
    }

    private static int Run(RegressOptions options, ParseResult result)
    {
        var repository = GuestTable.Repository();
        var baselinePath = result.GetValue(options.Baseline) ?? Path.Combine(repository, "bench", "baseline.json");
        var historyPath = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(baselinePath))!, "history.json");
        if (result.GetValue(options.Page) is { } page)
        {
            HistoryPage.Write(page, History.Read(historyPath));
            return 0;
        }

        var reason = result.GetValue(options.Update);
        if (reason is not null && string.IsNullOrWhiteSpace(reason))
            throw new ArgumentException("--update wants the reason why these numbers are right");
        var isCount = result.GetValue(options.Count);
        var threshold = (result.GetValue(options.Threshold) ?? (isCount ? 2 : 5)) / 100;
        var gate = new Gate(repository, options.Peers.EmuPath(result, repository), Baseline.Read(baselinePath))
        {
            Patterns = result.GetValue(options.Filter) ?? [], IsSmall = result.GetValue(options.Set) == "small", Turns = result.GetValue(options.Turns), Tool = result.GetValue(options.Tool),
            Threshold = threshold,
        };
        var set = isCount ? gate.Count(reason) : gate.Time(reason);
        var report = new GateReport(gate.Compare(set), threshold);
        report.Write(Console.Out);
        if (reason is null)
            return report.HasRegression ? 1 : 0;
        var history = History.Read(historyPath);
        gate.Baseline.With(set).Write(baselinePath);
        (history with { Entries = [.. history.Entries, set] }).Write(historyPath);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the baseline of {set.Conditions} is rewritten: {set.Rows.Count} rows, {reason}"));
        return 0;
    }
}
