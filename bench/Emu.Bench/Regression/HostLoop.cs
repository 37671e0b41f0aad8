namespace Emu.Bench.Regression;

/// <summary>
/// A loop of this process that measures the host: multiplications that wait for each other, and loads from a quarter of a mebibyte that hang on them. What it takes is the unit of all times, so that
/// they stand still when the processor's clock or its share for this machine does not.
/// </summary>
internal sealed class HostLoop
{
    private const int Steps = 4_000_000;

    private readonly ulong[] _table = new ulong[32768];
    private ulong _state = 1;

    public HostLoop()
    {
        for (var i = 0; i < _table.Length; i++)
            _table[i] = (ulong)i * 0x9E3779B97F4A7C15;
        _ = SecondsPerMillionSteps();
    }

    /// <summary>Runs it once, some milliseconds: this process's time, in seconds.</summary>
    public double SecondsPerMillionSteps()
    {
        var started = Environment.CpuUsage.TotalTime;
        Run();
        return (Environment.CpuUsage.TotalTime - started).TotalSeconds / (Steps / 1e6);
    }

    /// <summary>The same as the median of several, for what is measured once.</summary>
    public double SteadySecondsPerMillionSteps()
    {
        var seconds = new double[9];
        for (var i = 0; i < seconds.Length; i++)
            seconds[i] = SecondsPerMillionSteps();
        return seconds.Order().ElementAt(seconds.Length / 2);
    }

    private void Run()
    {
        var state = _state;
        for (var i = 0; i < Steps; i++)
            state = state * 6364136223846793005 + (_table[state >> 49] | 1);
        _state = state;
    }
}
