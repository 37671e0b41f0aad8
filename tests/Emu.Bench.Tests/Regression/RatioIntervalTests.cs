using Emu.Bench.Regression;

namespace Emu.Bench.Tests.Regression;

/// <summary>Estimates and intervals, against what tables of the test of Mann and Whitney say.</summary>
public sealed class RatioIntervalTests
{
    [Test]
    public async Task One_number_beside_one_is_a_point()
    {
        var interval = RatioInterval.Of([300], [200]);
        await Assert.That(interval).IsEqualTo(new RatioInterval(1.5, 1.5, 1.5));
    }

    /// <summary>The largest U that is significant at 0.01, two-sided: as many ratios are left out at either end.</summary>
    [Test]
    [Arguments(4, 4, 0)]
    [Arguments(5, 5, 0)]
    [Arguments(6, 6, 2)]
    [Arguments(7, 5, 1)]
    [Arguments(10, 10, 16)]
    [Arguments(15, 15, 51)]
    public async Task As_many_ratios_are_left_out_as_tables_say(int n, int m, int left)
    {
        var (now, before) = (Powers(n, 2), Powers(m, 1.0001));
        var ratios = now.SelectMany(_ => before, static (a, b) => a / b).Order().ToArray();
        var interval = RatioInterval.Of(now, before);
        await Assert.That(interval.Low).IsEqualTo(ratios[left]);
        await Assert.That(interval.High).IsEqualTo(ratios[^(left + 1)]);
    }

    /// <summary>From 61 samples on by an approximation, which goes on where the exact numbers end: by the normal distribution, nm/2 - 2.576 sqrt(nm(n+m+1)/12) are left out.</summary>
    [Test]
    [Arguments(30, 30, 276)]
    [Arguments(31, 30, 287)]
    [Arguments(15, 60, 256)]
    [Arguments(60, 60, 1309)]
    public async Task Many_samples_have_an_interval_too(int n, int m, int left)
    {
        var (now, before) = (Powers(n, 1.01), Powers(m, 1.0001));
        var ratios = now.SelectMany(_ => before, static (a, b) => a / b).Order().ToArray();
        var interval = RatioInterval.Of(now, before);
        await Assert.That(interval.Low).IsBetween(ratios[left - 5], ratios[left + 5]);
        await Assert.That(interval.High).IsBetween(ratios[^(left + 6)], ratios[^(left - 4)]);
    }

    [Test]
    public async Task A_disturbed_run_hardly_moves_it()
    {
        double[] quiet = [10.0, 10.1, 10.2, 9.9, 10.0, 10.1, 9.8, 10.2, 10.0, 10.1];
        double[] disturbed = [.. quiet[1..], 40];
        var interval = RatioInterval.Of(disturbed, quiet);
        await Assert.That(interval.Ratio).IsBetween(0.99, 1.02);
        await Assert.That(interval.High).IsLessThan(1.04);
    }

    private static double[] Powers(int count, double of) => [.. Enumerable.Range(0, count).Select(i => Math.Pow(of, i))];
}
