namespace Emu.Bench.Regression;

/// <summary>A row beside its baseline.</summary>
/// <param name="Now">What was measured.</param>
/// <param name="Before">The baseline; null if it does not have the row.</param>
/// <param name="Interval">How many times as much was measured; meaningless without a baseline.</param>
/// <param name="Verdict">What that says.</param>
internal sealed record RowComparison(Series Now, Series? Before, RatioInterval Interval, Verdict Verdict)
{
    /// <param name="now">What was measured.</param>
    /// <param name="before">The baseline's row, or null.</param>
    /// <param name="threshold">The part by which a row may differ, such as 0.05.</param>
    /// <exception cref="InvalidDataException">The two are not of one unit.</exception>
    public static RowComparison Of(Series now, Series? before, double threshold)
    {
        if (before is null)
            return new RowComparison(now, null, default, Verdict.New);
        if (before.Unit != now.Unit)
            throw new InvalidDataException($"the baseline has '{now.Name}' in {before.Unit}, not in {now.Unit}; rewrite it with: regress --update REASON");
        var interval = RatioInterval.Of(now.Samples, before.Samples);
        return new RowComparison(now, before, interval, VerdictOf(interval, 1 + threshold));
    }

    private static Verdict VerdictOf(RatioInterval interval, double most)
    {
        if (interval.Low > most)
            return Verdict.Slower;
        if (interval.High < 1 / most)
            return Verdict.Faster;
        return interval.High <= most && interval.Low >= 1 / most ? Verdict.Same : Verdict.Unclear;
    }
}
