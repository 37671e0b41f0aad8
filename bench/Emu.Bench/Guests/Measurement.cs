namespace Emu.Bench.Guests;

/// <summary>The runs of one guest under one contender.</summary>
internal sealed class Measurement
{
    private readonly List<double> _seconds = [];
    private readonly List<double> _cpuSeconds = [];

    /// <summary>Largest resident set in KiB.</summary>
    public long PeakMemory { get; set; }

    /// <summary>Adds the wall time of one run and the processors' time, in seconds.</summary>
    public void Add(double seconds, double cpuSeconds)
    {
        _seconds.Add(seconds);
        _seconds.Sort();
        _cpuSeconds.Add(cpuSeconds);
        _cpuSeconds.Sort();
    }

    /// <summary>The middle wall time in seconds (the mean of the middle two for an even number of runs).</summary>
    public double Median => Middle(_seconds);

    /// <summary>The same of user and system time together.</summary>
    public double MedianCpu => Middle(_cpuSeconds);

    public double Fastest => _seconds[0];

    public double Slowest => _seconds[^1];

    public int Runs => _seconds.Count;

    private static double Middle(List<double> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
