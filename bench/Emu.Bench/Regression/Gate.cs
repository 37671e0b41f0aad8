using System.Globalization;

namespace Emu.Bench.Regression;

/// <summary>The regression gate: measures chosen rows of the fixed set and compares them with a baseline.</summary>
/// <param name="repository">The checkout.</param>
/// <param name="emu">The published file.</param>
/// <param name="baseline">What is compared with.</param>
internal sealed class Gate(string repository, string emu, Baseline baseline)
{
    public const string CountMode = "count", TimeMode = "time";

    public Baseline Baseline => baseline;

    /// <summary>Names of rows, with * for anything; all without.</summary>
    public string[] Patterns { get; init; } = [];

    /// <summary>Whether only the small set is measured.</summary>
    public bool IsSmall { get; init; }

    /// <summary>How often a program's time is taken.</summary>
    public int Turns { get; init; } = 15;

    /// <summary>The tool that counts; null for the first that works.</summary>
    public string? Tool { get; init; }

    /// <summary>Counts instructions.</summary>
    /// <param name="reason">Why they become the baseline; null if they do not, and there has to be one.</param>
    /// <exception cref="InvalidDataException">There is no baseline of this tool, or a program failed.</exception>
    public BaselineSet Count(string? reason)
    {
        var (rows, _) = Choose(canTakeMicro: false);
        var counter = InstructionCounter.Find(Tool);
        RequireBaseline(CountMode, counter.Name, reason);
        return Set(CountMode, counter.Name, reason, new GateMeasurement(emu, rows, Tell).Count(counter));
    }

    /// <summary>Takes times.</summary>
    /// <param name="reason">Why they become the baseline; null if they do not, and there has to be one.</param>
    /// <exception cref="InvalidDataException">There is no baseline of this kind of machine, or a program failed.</exception>
    public BaselineSet Time(string? reason)
    {
        var (rows, micro) = Choose(canTakeMicro: true);
        var machine = MachineClass.Current();
        RequireBaseline(TimeMode, machine, reason);
        var programs = new GateMeasurement(emu, rows, Tell).Time(Turns);
        return Set(TimeMode, machine, reason, [.. programs, .. MicroMeasurement.Run(micro, Tell)]);
    }

    /// <summary>Puts what was measured beside the baseline.</summary>
    public GateReport Compare(BaselineSet measured, double threshold)
    {
        var before = baseline.Find(measured.Mode, measured.Conditions);
        return new GateReport(measured.Rows.ConvertAll(row => RowComparison.Of(row, before?.Rows.Find(old => old.Name == row.Name), threshold)), threshold);
    }

    private (List<GateRow> Rows, IReadOnlySet<string> Micro) Choose(bool canTakeMicro)
    {
        var rows = GateRow.Read(repository).FindAll(row => !IsSmall || row.IsSmall);
        var micro = canTakeMicro && !IsSmall ? MicroMeasurement.Names : [];
        var names = RowFilter.Choose([.. rows.Select(static row => row.Name), .. micro], Patterns);
        return (rows.FindAll(row => names.Contains(row.Name)), micro.Where(names.Contains).ToHashSet());
    }

    /// <summary>Before minutes are spent on what nothing can be compared with.</summary>
    private void RequireBaseline(string mode, string conditions, string? reason)
    {
        if (reason is not null || baseline.Find(mode, conditions) is not null)
            return;
        var others = baseline.Sets.Where(set => set.Mode == mode).Select(static set => set.Conditions).ToList();
        var what = mode == CountMode ? $"counts of {conditions}" : $"times of this kind of machine ({conditions})";
        throw new InvalidDataException($"the baseline has no {what}{(others.Count > 0 ? $", only of {string.Join("; ", others)}" : "")}; measure them with: regress {(mode == CountMode ? "--count " : "")}" +
            $"--update REASON{(mode == CountMode ? "" : ", or compare counts: regress --count")}");
    }

    private static BaselineSet Set(string mode, string conditions, string? reason, List<Series> rows) =>
        new(mode, conditions, DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), reason ?? "", rows);

    private static void Tell(string text) => Console.Error.WriteLine(text);
}
