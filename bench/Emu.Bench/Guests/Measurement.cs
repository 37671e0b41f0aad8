namespace Emu.Bench.Guests;

/// <summary>The runs of one guest under one contender.</summary>
internal sealed class Measurement
{
    private readonly List<double> _seconds = [];

    /// <summary>Largest resident set in KiB.</summary>
    public long PeakMemory { get; set; }

    /// <summary>Adds the wall time of one run, in seconds.</summary>
    public void Add(double seconds)
    {
        _seconds.Add(seconds);
        _seconds.Sort();
    }

    /// <summary>The middle wall time in seconds (the mean of the middle two for an even number of runs).</summary>
    public double Median => (_seconds[(_seconds.Count - 1) / 2] + _seconds[_seconds.Count / 2]) / 2;

    public double Fastest => _seconds[0];

    public double Slowest => _seconds[^1];

    public int Runs => _seconds.Count;
}
