namespace Emu.Bench.Guests;

/// <summary>Sums over guests.</summary>
internal static class Statistics
{
    /// <summary>The geometric mean; NaN of nothing.</summary>
    public static double GeometricMean(IEnumerable<double> values)
    {
        double sum = 0;
        var count = 0;
        foreach (var value in values)
        {
            sum += Math.Log(value);
            count++;
        }

        return Math.Exp(sum / count);
    }
}
