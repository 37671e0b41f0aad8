using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;

namespace Emu.Bench.Regression;

/// <summary>
/// How many times as much one series is as another: the median of all ratios of a sample of one to a sample of the other (Hodges and Lehmann), and the interval that goes with the test of Mann
/// and Whitney. It supposes no distribution, and a few runs that something disturbed hardly move it. Of one sample each it is a point: what repeats exactly needs no more.
/// </summary>
/// <param name="Ratio">The estimate.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">Its upper end.</param>
internal readonly record struct RatioInterval(double Ratio, double Low, double High)
{
    /// <summary>The interval misses the true ratio in one of a hundred comparisons at most, if there are samples enough; with few it spans all that was measured.</summary>
    public const double Confidence = 0.99;

    /// <summary>Samples of both together for which Perfolizer's exact distribution has numbers; the approximation differs no more where there are as many.</summary>
    private const int MostExact = 60;

    public static RatioInterval Of(double[] now, double[] before)
    {
        var ratios = new double[now.Length * before.Length];
        for (var i = 0; i < ratios.Length; i++)
            ratios[i] = now[i / before.Length] / before[i % before.Length];
        Array.Sort(ratios);
        var left = Left(now.Length, before.Length);
        return new RatioInterval((ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2, ratios[left], ratios[^(1 + left)]);
    }

    /// <summary>How many of the sorted ratios are left out at either end.</summary>
    private static int Left(int n, int m)
    {
        const double side = (1 - Confidence) / 2;
        var left = 0;
        while (2 * (left + 1) < n * m && AtMost(n, m, left + 1) <= side)
            left++;
        return left;
    }

    /// <summary>How probable it is that of all pairs of equal series at most this many are the wrong way round: then the true ratio is beyond that end. Perfolizer tells it of fewer than so many.</summary>
    private static double AtMost(int n, int m, int pairs) => n + m <= MostExact
        ? MannWhitneyLoefflerExactCdf.Instance.Cdf(n, m, pairs + 1)
        : MannWhitneyEdgeworthApproxCdf.Instance.Cdf(n, m, pairs + 1);
}
