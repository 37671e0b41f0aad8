using System.Text.Json.Serialization;

namespace Emu.Bench.Regression;

/// <summary>What was measured of one row.</summary>
/// <param name="Name">The row, such as <c>guest/core</c>.</param>
/// <param name="Unit">What the samples are: more of it is worse.</param>
/// <param name="Samples">One number per repetition, in the order of measuring.</param>
internal sealed record Series(string Name, string Unit, double[] Samples)
{
    /// <summary>The middle sample (the mean of the middle two for an even number).</summary>
    [JsonIgnore]
    public double Median
    {
        get
        {
            var sorted = Samples.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
