using Emu.Bench.Regression;

namespace Emu.Bench.Tests.Regression;

/// <summary>What is said of a row.</summary>
public sealed class RowComparisonTests
{
    [Test]
    [Arguments(1.00, "Same")]
    [Arguments(1.019, "Same")]
    [Arguments(1.021, "Slower")]
    [Arguments(1.10, "Slower")]
    [Arguments(0.985, "Same")]
    [Arguments(0.97, "Faster")]
    public async Task A_count_is_compared_by_itself(double factor, string verdict)
    {
        var comparison = RowComparison.Of(new Series("row", "instructions", [1e6 * factor]), new Series("row", "instructions", [1e6]), 0.02);
        await Assert.That(comparison.Verdict.ToString()).IsEqualTo(verdict);
    }

    [Test]
    public async Task A_row_whose_runs_spread_over_the_threshold_is_unclear()
    {
        double[] before = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19];
        var comparison = RowComparison.Of(Row([.. before.Select(static value => 1.1 * value)]), Row(before), 0.05);
        await Assert.That(comparison.Verdict).IsEqualTo(Verdict.Unclear);
    }

    [Test]
    public async Task A_row_without_baseline_is_new() => await Assert.That(RowComparison.Of(Row([1]), null, 0.05).Verdict).IsEqualTo(Verdict.New);

    [Test]
    public async Task Units_must_be_the_same() =>
        await Assert.That(static () => RowComparison.Of(new Series("row", "steps", [1]), Row([1]), 0.05)).Throws<InvalidDataException>().WithMessageContaining("'row' in million steps, not in steps");

    private static Series Row(double[] samples) => new("row", "million steps", samples);
}
