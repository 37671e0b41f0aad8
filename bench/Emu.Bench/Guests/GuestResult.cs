namespace Emu.Bench.Guests;

/// <summary>All that was measured of one guest; <paramref name="Measurements"/> has one entry per contender.</summary>
internal sealed record GuestResult(BenchGuest Guest, long Instructions, Measurement[] Measurements)
{
    /// <summary>Million guest instructions per second of a contender.</summary>
    public double Mips(int contender) => Instructions / Measurements[contender].Median / 1e6;

    /// <summary>How many times as fast as <paramref name="base"/> the contender is.</summary>
    public double Speed(int contender, int @base) => Measurements[@base].Median / Measurements[contender].Median;
}
