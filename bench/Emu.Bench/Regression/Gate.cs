using System.Globalization;

namespace Emu.Bench.Regression;

/// <summary>The regression gate: measures chosen rows of the fixed set and compares them with a baseline.</summary>
/// <param name="repository">The checkout.</param>
/// <param name="emu">The published file.</param>
/// <param name="baseline">What is compared with.</param>
internal sealed class Gate(string repository, string emu, Baseline baseline)
{
    public const string CountMode = "count", TimeMode = "time";

    /// <summary>So often at most a row in doubt is measured again. A baseline, on which all comparisons hang, has as many turns.</summary>
    private const int MoreRounds = 3;

    public Baseline Baseline => baseline;

    /// <summary>Names of rows, with * for anything; all without.</summary>
    public string[] Patterns { get; init; } = [];

    /// <summary>Whether only the small set is measured.</summary>
    public bool IsSmall { get; init; }

    /// <summary>How often a program's time is taken.</summary>
    public int Turns { get; init; } = 15;

    /// <summary>The part by which a program may be slower; a stage by <see cref="MicroMeasurement.Slack"/> times as much.</summary>
    public required double Threshold { get; init; }

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
        return reason is null
            ? Confirm(Set(TimeMode, machine, reason, Time(rows, micro, Turns)), rows, micro)
            : Set(TimeMode, machine, reason, Time(rows, micro, Turns * (1 + MoreRounds)));
    }

    /// <summary>Puts what was measured beside the baseline.</summary>
    public List<RowComparison> Compare(BaselineSet measured)
    {
        var before = baseline.Find(measured.Mode, measured.Conditions);
        return measured.Rows.ConvertAll(row => RowComparison.Of(row, before?.Rows.Find(old => old.Name == row.Name), ThresholdOf(row.Name)));
    }

    private double ThresholdOf(string row) => MicroMeasurement.Names.Contains(row) ? Threshold * MicroMeasurement.Slack : Threshold;

    /// <summary>
    /// Measures rows that are slower or unclear again, and counts all of it: what disturbed one measurement for all its turns seldom does so again, and where runs spread it takes more of them to tell.
    /// </summary>
    private BaselineSet Confirm(BaselineSet set, List<GateRow> rows, IReadOnlySet<string> micro)
    {
        for (var round = 0; round < MoreRounds; round++)
        {
            var doubtful = Compare(set).Where(static row => row.Verdict is Verdict.Slower or Verdict.Unclear).Select(static row => row.Now.Name).ToHashSet();
            if (doubtful.Count == 0)
                break;
            Tell($"again: {string.Join(", ", doubtful)}");
            set = With(set, Time(rows.FindAll(row => doubtful.Contains(row.Name)), micro.Where(doubtful.Contains).ToHashSet(), Turns));
        }

        return set;
    }

    private static BaselineSet With(BaselineSet set, List<Series> more) =>
        set with { Rows = set.Rows.ConvertAll(row => more.Find(other => other.Name == row.Name) is { } other ? row with { Samples = [.. row.Samples, .. other.Samples] } : row) };

    private List<Series> Time(List<GateRow> rows, IReadOnlySet<string> micro, int turns) => [.. new GateMeasurement(emu, rows, Tell).Time(turns), .. MicroMeasurement.Run(micro, turns, Tell)];

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
